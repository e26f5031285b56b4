import { request as httpRequest } from "node:http";

/** A request over HTTP/1.1 as it is given: unlike `fetch`, with any Host header, and the answer as it was sent. */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  const wanted = new Request(url, init);
  const body = Buffer.from(await wanted.arrayBuffer());
  const headers = Object.fromEntries([...wanted.headers, ...new Headers(init.headers)]);
  if (body.length > 0) headers["content-length"] = String(body.length);
  return new Promise((done, fail) => {
    const asking = httpRequest(url, { method: wanted.method, headers, agent: false }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      const status = answer.statusCode ?? 0;
      const answered = new Headers();
      for (let at = 0; at < answer.rawHeaders.length; at += 2)
        answered.append(answer.rawHeaders[at]!, answer.rawHeaders[at + 1]!);
      const empty = status === 204 || status === 304;
      done(new Response(empty ? null : Buffer.concat(parts), { status, headers: answered }));
    });
    asking.once("error", fail);
    asking.end(body);
  });
}
