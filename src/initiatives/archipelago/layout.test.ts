import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Chart, type ChartedIsland, chartOf, compact, type Format, type Island, wide } from "./chart.ts";
import { bounds, distance, gap, moved } from "./geometry.ts";

const island = (slug: string, name = slug, life = 3): Island => ({ slug, name, life, href: `/${slug}` });

const slug = fc.stringMatching(/^[a-z]{1,12}(-[a-z]{1,12}){0,3}$/);
const fleet = (count: number) =>
  fc
    .uniqueArray(slug, { minLength: count, maxLength: count })
    .chain((slugs) =>
      fc.tuple(...slugs.map((s) => fc.nat(80).map((life) => island(s, s.replaceAll("-", " "), life)))),
    );

const touching = (islands: ChartedIsland[]) =>
  islands.flatMap((a, i) =>
    islands
      .slice(i + 1)
      .filter((b) => gap(a.area, b.area) <= 0)
      .map((b) => [a.slug, b.slug]),
  );

/** Everything of an island, its rocks and its name, lies in its own area, and that on the sheet. */
function expectInside(chart: Chart) {
  for (const i of chart.islands) {
    const land = bounds(moved([...i.coast.shore, ...i.coast.islets.flat()], i.middle));
    expect(gap(land, i.label)).toBeGreaterThan(0);
    for (const part of [land, i.label]) {
      expect(Math.abs(part.x - i.area.x) + part.width / 2).toBeLessThanOrEqual(i.area.width / 2 + 0.01);
      expect(Math.abs(part.y - i.area.y) + part.height / 2).toBeLessThanOrEqual(i.area.height / 2 + 0.01);
    }
    expect(i.area.x - i.area.width / 2).toBeGreaterThan(chart.format.frame);
    expect(i.area.x + i.area.width / 2).toBeLessThan(chart.width - chart.format.frame);
    expect(i.area.y - i.area.height / 2).toBeGreaterThan(chart.format.frame);
    expect(i.area.y + i.area.height / 2).toBeLessThan(chart.height - chart.format.frame);
    expect(gap(i.area, chart.rose)).toBeGreaterThan(0);
  }
}

describe.each<[string, Format]>([
  ["wide", wide],
  ["compact", compact],
])("on the %s sheet", (_, format) => {
  test.each([1, 5, 25, 60])("%i islands and their names keep clear of each other", (count) => {
    fc.assert(
      fc.property(fleet(count), (islands) => {
        const chart = chartOf(islands, [], format);
        expect(touching(chart.islands)).toEqual([]);
        expectInside(chart);
      }),
      { numRuns: count > 30 ? 5 : 20 },
    );
  });

  test("a target is at least 44 pixels on a narrow screen, and the order of the islands does not matter", () => {
    const islands = ["a", "b", "c", "d"].map((s) => island(s, s, 0));
    const chart = chartOf(islands, [], format);
    for (const i of chart.islands) expect(Math.min(i.area.width, i.area.height)).toBeGreaterThan(44);
    const turned = chartOf(islands.toReversed(), [], format);
    expect(turned.islands.toReversed()).toEqual(chart.islands);
  });
});

test("a newcomer leaves most islands about where they were", () => {
  const names = Array.from({ length: 20 }, (_, i) => `eiland-${i}`);
  const before = chartOf(
    names.map((n) => island(n)),
    [],
    wide,
  );
  const shifts = ["nieuw", "buurt", "leerkring"].map((newcomer) => {
    const after = chartOf(
      [...names, newcomer].map((n) => island(n)),
      [],
      wide,
    );
    const moves = before.islands
      .map((i, n) => distance(i.area, after.islands[n]!.area))
      .sort((a, b) => a - b);
    return moves[moves.length / 2]!;
  });
  expect(Math.max(...shifts)).toBeLessThan(wide.sea.width * 0.12);
});

test("a bridge brings two islands nearer", () => {
  const islands = Array.from({ length: 12 }, (_, i) => island(`eiland-${i}`));
  const apart = (bridged: boolean) => {
    const bridges = bridged ? [{ from: "eiland-1", to: "eiland-7", reason: "support" as const }] : [];
    const chart = chartOf(islands, bridges, wide);
    return distance(chart.islands[1]!.area, chart.islands[7]!.area);
  };
  expect(apart(true)).toBeLessThanOrEqual(apart(false));
});
