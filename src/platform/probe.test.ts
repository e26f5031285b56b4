import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isPublicAddress, probe } from "./probe.ts";

async function serve(answer: RequestListener): Promise<{ url: string; port: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const port = String((server.address() as AddressInfo).port);
  return { url: `http://127.0.0.1:${port}`, port, asked };
}

test.each([
  ...["127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
  ...["0.0.0.0", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"],
  ...["::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
  ...["64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "localhost", "", "1.2.3", "example.org"],
  ...["::127.0.0.1", "::7f00:1", "::a00:1", "::8.8.8.8", "::2", "0:0:0:0:0:0:7f00:1", "64:ff9b:1::a00:1"],
  ...["1::1", "200::1", "4000::1", "5f00::1", "e000::1", "fec0::1", "100::1", "3fff::1", "::ffff:0:7f00:1"],
  ...["2001::7f00:1", "2001:2::1", "2001:20::1", "fe80::1%eth0"],
])("%s is no public address", (address) => expect(isPublicAddress(address)).toBe(false));

test.each(["8.8.8.8", "193.0.6.139", "2001:67c:2e8:22::c100:68b", "::ffff:8.8.8.8"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

test.each([
  ...["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"],
  ...[
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:7f00:1]/",
    "http://[::7f00:1]/",
    "http://[::127.0.0.1]/",
  ],
])("%s leads inside, in whatever spelling", async (url) =>
  expect(await probe(url)).toEqual({ kind: "inside" }),
);

test.each([
  ...["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "nonsense"],
  ...["http://user:secret@example.org/", "http://example.org:22/", "https://example.org:5432/"],
])("%s is not asked", async (url) => expect(await probe(url)).toEqual({ kind: "not-asked" }));

test("a server is asked for its head only, and followed to where it leads", async () => {
  const server = await serve((request, response) =>
    request.url === "/old"
      ? response.writeHead(301, { location: "/new" }).end()
      : response.writeHead(404, { "x-island": "yes" }).end("a body that nobody reads"),
  );
  const found = await probe(`${server.url}/old`, { isPublic: () => true, ports: [server.port] });
  expect(found).toMatchObject({
    kind: "answers",
    status: 404,
    hops: [`${server.url}/old`, `${server.url}/new`],
  });
  expect(server.asked).toEqual(["HEAD /old", "HEAD /new"]);
});

test("a redirect that leads inside is not followed", async () => {
  const inside = await serve((_request, response) => response.end("a secret"));
  const outside = await serve((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.2:${inside.port}/` }).end(),
  );
  const isPublic = (address: string) => address === "127.0.0.1";
  const found = await probe(outside.url, { isPublic, ports: [inside.port, outside.port] });
  expect(found).toEqual({ kind: "inside" });
  expect(inside.asked).toEqual([]);
});

test("a circle, a server that stays silent, and one that is not there end in time", async () => {
  const circle = await serve((_request, response) => response.writeHead(302, { location: "/" }).end());
  const silent = await serve(() => {});
  const options = { isPublic: () => true, ports: [circle.port, silent.port], patience: 300 };
  expect(await probe(circle.url, options)).toEqual({ kind: "no-answer", reason: "too-many-hops" });
  expect(await probe(silent.url, options)).toEqual({ kind: "no-answer", reason: "timeout" });
  expect(await probe("http://127.0.0.1/", { ...options, ports: [] })).toEqual({
    kind: "no-answer",
    reason: "refused",
  });
});
