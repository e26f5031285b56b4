import { createServer } from "node:http";
import { get } from "./ask.ts";
import { ms, percentile, perSecond, table } from "./figures.ts";

const readers = 10;

type Measured = { name: string; p50: number; p99: number; rate: number };

/** The wall over HTTP with ten readers at once: each asks again as soon as it is answered, for so many seconds. */
export async function measureWall(origin: string, count: number, seconds: number): Promise<string> {
  const random = (most: number) => 1 + Math.floor(Math.random() * most);
  const principles = ["verbeelden", "leren", "ontmoeten"];
  const wall = `${origin}/manifest/ondertekenaars`;
  const kinds: [string, () => string][] = [
    ["first page (kept for 5 s)", () => wall],
    ["any page, mostly deep", () => `${wall}?voor=${random(count)}`],
    [
      "any page of one principle",
      () => `${wall}?beginsel=${principles[random(3) - 1]}&voor=${random(count)}`,
    ],
    ["count.json (kept for 5 s)", () => `${origin}/api/manifest/count.json`],
  ];
  const measured: Measured[] = [];
  for (const [name, url] of kinds) measured.push(await measure(name, url, seconds));
  const page = await (await fetch(wall)).text();
  measured.push(await measureRaw(page, seconds));
  return table(
    ["page", "p50", "p99", "pages"],
    measured.map(({ name, p50, p99, rate }) => [name, ms(p50), ms(p99), perSecond(rate)]),
  );
}

async function measure(name: string, url: () => string, seconds: number): Promise<Measured> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const read = async () => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      const status = await get(url());
      if (status !== 200) throw new Error(`${name} answered ${status}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  return { name, p50: percentile(times, 0.5), p99: percentile(times, 0.99), rate: times.length / seconds };
}

/** The raw limit: Node's own server with the same bytes, asked in the same way. */
async function measureRaw(page: string, seconds: number): Promise<Measured> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  try {
    return await measure("raw limit: Node, fixed page", () => `http://127.0.0.1:${port}/`, seconds);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
