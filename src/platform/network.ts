import { isIP } from "node:net";

/**
 * The address that a request comes from: the connection's, or, behind `proxies` trusted reverse proxies, the entry
 * that the outermost of them wrote in X-Forwarded-For. What a client adds in front of that does not count. Fewer
 * entries than proxies: the first, which a proxy wrote as well. No address: the connection's.
 */
export function clientAddress(
  remote: string | null,
  forwardedFor: string | undefined,
  proxies: number,
): string {
  const own = remote ?? "unknown";
  if (proxies === 0) return own;
  const entries = (forwardedFor ?? "")
    .split(",")
    .map((entry) => withoutPort(entry.trim()))
    .filter(Boolean);
  const entry = entries.at(-proxies) ?? entries[0] ?? own;
  return isIP(entry) ? entry : own;
}

/** Some proxies write the port along: "192.0.2.1:4711", "[2001:db8::1]:4711". */
function withoutPort(entry: string): string {
  const [, bracketed, dotted] = /^\[([^\]]+)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry) ?? [];
  return bracketed ?? dotted ?? entry;
}

/**
 * The network of an address: an IPv4 address itself (also when written as IPv6, RFC 4291, section 2.5.5.2), the /64
 * of an IPv6 address, which is what one subscriber gets (RFC 6177). Every spelling gives the same network.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(":")}::/64`;
}

/** The eight numbers of a valid IPv6 address. */
export function groupsOf(address: string): number[] {
  const [plain = ""] = address.split("%"); // "fe80::1%eth0": the zone is this machine's affair
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const hex = dotted
    ? plain.slice(0, dotted.index) +
      [1, 3].map((at) => (Number(dotted[at]) * 256 + Number(dotted[at + 1])).toString(16)).join(":")
    : plain;
  const [left = [], right = []] = hex.split("::").map((half) =>
    half
      .split(":")
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16)),
  );
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
