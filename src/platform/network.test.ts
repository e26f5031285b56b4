import fc from "fast-check";
import { expect, test } from "vitest";
import { clientAddress, networkOf } from "./network.ts";

const proxy = "10.0.0.1";

test("without a trusted proxy X-Forwarded-For counts for nothing", () => {
  expect(clientAddress("203.0.113.5", "198.51.100.7", 0)).toBe("203.0.113.5");
  expect(clientAddress(null, undefined, 0)).toBe("unknown");
});

test("behind one proxy its entry counts, and not what a visitor put in front", () => {
  expect(clientAddress(proxy, "203.0.113.5", 1)).toBe("203.0.113.5");
  expect(clientAddress(proxy, "1.1.1.1, 2.2.2.2,203.0.113.5", 1)).toBe("203.0.113.5");
});

test("behind two proxies the outermost one's entry counts", () => {
  expect(clientAddress(proxy, "203.0.113.5, 192.0.2.1", 2)).toBe("203.0.113.5");
  expect(clientAddress(proxy, "1.1.1.1, 203.0.113.5, 192.0.2.1", 2)).toBe("203.0.113.5");
  // who skipped the outer proxy is known by what the inner one saw
  expect(clientAddress(proxy, "203.0.113.5", 2)).toBe("203.0.113.5");
});

test("what is no address never becomes one", () => {
  for (const garbage of [
    undefined,
    "",
    " , ,",
    "unknown",
    "_hidden",
    "203.0.113",
    "<script>",
    "203.0.113.5.6",
  ])
    expect(clientAddress(proxy, garbage, 1)).toBe(proxy);
});

test("a port beside the address is left out", () => {
  expect(clientAddress(proxy, "203.0.113.5:4711", 1)).toBe("203.0.113.5");
  expect(clientAddress(proxy, "[2001:db8::1]:4711", 1)).toBe("2001:db8::1");
  expect(clientAddress(proxy, "[2001:db8::1]", 1)).toBe("2001:db8::1");
});

test("an IPv4 network is one address, however it is written", () => {
  for (const spelling of ["203.0.113.5", "::ffff:203.0.113.5", "::FFFF:203.0.113.5", "::ffff:cb00:7105"])
    expect(networkOf(spelling)).toBe("203.0.113.5");
  expect(networkOf("203.0.113.6")).not.toBe(networkOf("203.0.113.5"));
});

test("an IPv6 network is a /64, however it is written", () => {
  const spellings = [
    "2001:db8:0:1::1",
    "2001:0DB8:0000:0001:ffff:ffff:ffff:ffff",
    "2001:db8:0:1:0:0:192.0.2.1",
  ];
  for (const spelling of spellings) expect(networkOf(spelling)).toBe("2001:db8:0:1::/64");
  expect(networkOf("2001:db8:0:2::1")).toBe("2001:db8:0:2::/64");
  expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("fe80::1%eth0")).toBe(networkOf("fe80::2"));
});

test("every IPv6 address falls in the network of its first 64 bits", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const address = groups.map((one) => one.toString(16)).join(":");
      fc.pre(groups.slice(0, 5).some((one) => one !== 0));
      expect(networkOf(address)).toBe(`${address.split(":").slice(0, 4).join(":")}::/64`);
      const short = new URL(`http://[${address}]/`).hostname.slice(1, -1); // as WHATWG shortens it
      expect(networkOf(short)).toBe(networkOf(address));
    }),
  );
});
