import { lookup as resolve } from "node:dns/promises";
import { request as askHttp } from "node:http";
import { request as askHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { groupsOf } from "./network.ts";

/** What a look at an address on the web found. `hops`: the addresses that led on, the asked one first. */
export type Probed =
  | {
      kind: "answers";
      status: number;
      hops: string[];
      headers: Record<string, string | string[] | undefined>;
    }
  /** No address that this program asks: not http(s), a port of its own, a name or password in it. */
  | { kind: "not-asked" }
  /** It leads inside: to an address that is not public (server-side request forgery; OWASP SSRF). */
  | { kind: "inside" }
  | { kind: "no-answer"; reason: "unknown-host" | "timeout" | "refused" | "too-many-hops" };

type Options = {
  /** Which addresses may be asked; by default the public ones. */
  isPublic?: (address: string) => boolean;
  /** Which ports, beside a scheme's own. */
  ports?: string[];
  /** Milliseconds for all of it. */
  patience?: number;
  method?: "HEAD" | "GET";
};

const mostHops = 5;

/** All of IPv6 that is given out as public (IANA, "IPv6 Global Unicast Address Assignments"). */
const publicV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is public: unicast and in no range of its own purpose (IANA special-purpose registries). An
 * address inside another counts as what is inside where that is how it is reached (::ffff:0:0/96); all other ways to write
 * IPv4 in IPv6 lead to some machine's own idea of it, ::/96 too (RFC 4291, 2.5.5.1), so they are not public.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return ipaddr.IPv4.parse(address).range() === "unicast";
    case 6: {
      // Not its own parse, which takes "::8.8.8.8" for "::ffff:8.8.8.8".
      const read = new ipaddr.IPv6(groupsOf(address));
      if (read.isIPv4MappedAddress()) return read.toIPv4Address().range() === "unicast";
      return read.range() === "unicast" && read.match(publicV6);
    }
    default:
      return false;
  }
}

/**
 * Asks whether an address on the web answers. Only public addresses are asked, looked up once and connected to as
 * looked up, so that a name cannot change its mind in between (DNS rebinding); every redirect is judged anew. The body
 * is never read.
 */
export async function probe(url: string, options: Options = {}): Promise<Probed> {
  const signal = AbortSignal.timeout(options.patience ?? 5000);
  const hops: string[] = [];
  let next: string | null = url;
  while (next !== null) {
    if (hops.length > mostHops) return { kind: "no-answer", reason: "too-many-hops" };
    const asked: URL | null = URL.parse(next);
    if (!asked || !mayAsk(asked, options.ports ?? [])) return { kind: "not-asked" };
    hops.push(asked.href);
    const addresses = await addressesOf(asked.hostname, signal);
    if (addresses.length === 0)
      return { kind: "no-answer", reason: signal.aborted ? "timeout" : "unknown-host" };
    if (!addresses.every((address) => (options.isPublic ?? isPublicAddress)(address)))
      return { kind: "inside" };
    const answer = await ask(asked, addresses[0] ?? "", options.method ?? "HEAD", signal);
    if (answer.kind === "failed")
      return { kind: "no-answer", reason: signal.aborted ? "timeout" : "refused" };
    const { status, headers } = answer;
    const location = status >= 300 && status < 400 ? headers.location : undefined;
    if (typeof location !== "string") return { kind: "answers", status, hops, headers };
    next = URL.parse(location, asked)?.href ?? "";
  }
  return { kind: "not-asked" };
}

const mayAsk = (url: URL, ports: string[]) =>
  (url.protocol === "http:" || url.protocol === "https:") &&
  url.username === "" &&
  url.password === "" &&
  (url.port === "" || ports.includes(url.port));

async function addressesOf(hostname: string, signal: AbortSignal): Promise<string[]> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare)) return [bare];
  if (bare === "localhost" || bare.endsWith(".localhost")) return ["127.0.0.1"]; // RFC 6761, section 6.3
  const late = new Promise<[]>((done) => signal.addEventListener("abort", () => done([]), { once: true }));
  const found = resolve(bare, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]);
}

type Answer =
  | { kind: "answer"; status: number; headers: Record<string, string | string[] | undefined> }
  | { kind: "failed" };

/** One request, to the address that was judged and to no other. */
function ask(url: URL, address: string, method: string, signal: AbortSignal): Promise<Answer> {
  const lookup: LookupFunction = (_hostname, { all }, done) => {
    const family = isIP(address);
    if (all)
      (done as (error: null, all: { address: string; family: number }[]) => void)(null, [
        { address, family },
      ]);
    else done(null, address, family);
  };
  const send = url.protocol === "https:" ? askHttps : askHttp;
  return new Promise((settle) => {
    const headers = { "user-agent": "Archipel link check", accept: "*/*" };
    const request = send(url, { method, lookup, signal, headers, agent: false }, (response) => {
      settle({ kind: "answer", status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    });
    request.on("error", () => settle({ kind: "failed" }));
    request.end();
  });
}
