import { expect, test } from "vitest";
import type { Bridge, Island } from "./index.ts";
import { ArchipelagoMap } from "./index.ts";

const islands: Island[] = [
  { slug: "op-pad-met-de-cxo", name: "Op pad met de CXO", href: "/initiatieven/op-pad-met-de-cxo", life: 4 },
  { slug: "slimmernetwerk", name: "Slimmernetwerk", href: "/initiatieven/slimmernetwerk", life: 1 },
  { slug: "agenda-stad", name: "Agenda Stad", href: "/initiatieven/agenda-stad", life: 1 },
  { slug: "city-deals", name: "City Deals", href: "/initiatieven/city-deals", life: 0 },
  { slug: "dag-van-de-stad", name: "Dag van de Stad", href: "/initiatieven/dag-van-de-stad", life: 0 },
];
const bridges: Bridge[] = [
  { from: "city-deals", to: "agenda-stad", reason: "part-of" },
  { from: "dag-van-de-stad", to: "agenda-stad", reason: "part-of" },
  { from: "op-pad-met-de-cxo", to: "agenda-stad", reason: "support" },
  { from: "op-pad-met-de-cxo", to: "slimmernetwerk", reason: "theme" },
];

const draw = (list: Island[], links: Bridge[] = []) =>
  String(<ArchipelagoMap islands={list} bridges={links} title="Kaart" description="Elk eiland" />);
const count = (html: string, part: string | RegExp) => html.split(part).length - 1;

test("every island is a link with its name, once on each sheet", () => {
  const html = draw(islands, bridges);
  const links = [...html.matchAll(/<a href="([^"]+)">.*?<\/a>/gs)].map(([link, href]) => ({
    href,
    name: link.replace(/<[^>]+>/g, ""),
  }));
  expect(links).toEqual([...islands, ...islands].map(({ href, name }) => ({ href, name })));
});

test("a name that does not fit is whole for who does not see it", () => {
  const name =
    "Meerjarenprogrammaverkenning en nog heel veel woorden die niet op de kaart passen, werkelijk niet";
  expect(count(draw([{ slug: "lang", name, href: "/lang", life: 1 }]), `aria-label="${name}"`)).toBe(2);
});

test("ids are unique on the page", () => {
  const ids = [...draw(islands, bridges).matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("only bridges that exist between islands on the map are drawn", () => {
  expect(count(draw(islands), 'class="route')).toBe(0);
  const html = draw(islands, [...bridges, { from: "agenda-stad", to: "elders", reason: "people" }]);
  expect(count(html, 'class="route')).toBe(2 * bridges.length);
  expect(count(html, 'class="route part-of"')).toBe(4);
  expect(count(html, 'class="route people"')).toBe(0);
});

test("what people typed stays text", () => {
  const html = draw([{ slug: "x", name: `<script>"A" & 'B'</script>`, href: `/"><b>`, life: 1 }]);
  expect(html).not.toContain("<script");
  expect(html).not.toContain("<b>");
  expect(html).toContain("&lt;script&gt;");
});

test("it has no inline style and stays light", () => {
  const html = draw(islands, bridges);
  expect(html).not.toMatch(/<style|\sstyle=/);
  expect(html).not.toContain("NaN");
  expect(html.length).toBeLessThan(45_000);
});

test("an empty sea is a map too", () => {
  expect(draw([])).not.toMatch(/NaN|Infinity/);
});
