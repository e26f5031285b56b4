/** Sends requests, in a process of its own so that it does not count for the server. Asked and answered over IPC. */
import autocannon, { type Request, type Result } from "autocannon";

export type Load = {
  url: string;
  /** How many visitors ask at the same time. */
  connections: number;
  /** For so many seconds, or so many requests. */
  until: { seconds: number } | { requests: number };
  headers: Record<string, string>;
  /** Adds a query of its own to every request, so that no answer can come from memory. */
  uncached?: boolean;
  /** Posts these forms instead, each from an address of its own in a network for benchmarks (RFC 2544). */
  forms?: { fields: Record<string, string>; from: string }[];
  /** Requests a second in all; without it as many as are answered. */
  rate?: number;
  /** What every answer must be. */
  status: number;
  /** Returns this hidden field of each answer. */
  collect?: string;
};

export type Loaded = {
  perSecond: number;
  /** Milliseconds within which half, and 99 of 100 of the answers came. */
  p50: number;
  p99: number;
  requests: number;
  collected: string[];
};

let queries = 0;

function requestOf({ uncached, forms, collect, url }: Load, collected: string[]): Request {
  const { pathname } = new URL(url);
  let next = 0;
  const hidden = new RegExp(`name="${collect}" value="([^"]+)"`);
  return {
    setupRequest: (request) => {
      if (uncached) return { ...request, path: `${pathname}?bench=${process.pid}-${queries++}` };
      const form = forms?.[next++ % forms.length];
      if (!form) return request;
      return {
        ...request,
        method: "POST",
        headers: {
          ...request.headers,
          "content-type": "application/x-www-form-urlencoded",
          "x-forwarded-for": form.from,
        },
        body: new URLSearchParams(form.fields).toString(),
      };
    },
    onResponse: (_status, body) => {
      const value = collect && hidden.exec(body)?.[1];
      if (value) collected.push(value);
    },
  };
}

/** @throws when an answer is missing or is not what it must be: such a run measures something else. */
async function run(load: Load): Promise<Loaded> {
  const { url, connections, until, headers, rate, uncached, forms, status } = load;
  const times: number[] = [];
  const collected: string[] = [];
  const wrong = new Map<number, number>();
  const shaped = uncached || forms ? { requests: [requestOf(load, collected)] } : {};
  const begun = performance.now();
  let last = begun;
  const { errors, timeouts } = await new Promise<Result>((done, fail) => {
    const options = {
      url,
      connections,
      headers,
      ...(rate && { overallRate: rate }),
      ...("seconds" in until ? { duration: until.seconds } : { amount: until.requests }),
      ...shaped,
    };
    const running = autocannon(options, (error, result) => (error ? fail(error) : done(result)));
    running.on("response", (_client, code, _bytes, time) => {
      last = performance.now();
      times.push(time);
      if (code !== status) wrong.set(code, (wrong.get(code) ?? 0) + 1);
    });
  });
  if (errors + timeouts + wrong.size > 0)
    throw new Error(`${url}: ${errors} errors, ${timeouts} timeouts, statuses ${JSON.stringify([...wrong])}`);
  times.sort((a, b) => a - b);
  const part = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const perSecond = times.length / ((last - begun) / 1000);
  return { perSecond, p50: part(0.5), p99: part(0.99), requests: times.length, collected };
}

process.on("message", (load: Load) => {
  run(load).then(
    (loaded) => process.send?.({ loaded }),
    (error) => process.send?.({ error: String(error) }),
  );
});
