/**
 * The address that a request comes from: the connection's, or, behind `proxies` trusted reverse proxies, the entry
 * that the outermost of them wrote in X-Forwarded-For. What a client adds in front of that does not count.
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
    .map((entry) => entry.trim())
    .filter(Boolean);
  return entries.at(-proxies) ?? own;
}

/** The network of an address: an IPv4 address itself, the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
