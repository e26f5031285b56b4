import { expect, test } from "vitest";
import { connectionsBetween, type Ties, tiesOf } from "./connections.ts";

const island = (slug: string, ties: Partial<Omit<Ties, "themes">> & { themes?: string[] } = {}): Ties => ({
  slug,
  partOf: null,
  supporters: [],
  people: [],
  ...ties,
  themes: (ties.themes ?? []).map((theme) => ({ slug: theme, name: { nl: theme } })),
});
const inShort = (islands: Ties[]) =>
  connectionsBetween(islands).map(({ from, to, reason }) => `${from} ${reason} ${to}`);

test("islands are joined by what they are part of, who supports them and who is on both", () => {
  const islands = [
    island("deals", { partOf: "agenda", people: ["Ada"] }),
    island("reis", { supporters: ["agenda", "agenda", "onbekend"], people: ["Ada", "Bo"] }),
    island("agenda"),
  ];
  expect(inShort(islands)).toEqual(["deals part-of agenda", "deals people reis", "reis support agenda"]);
});

test("one shared theme joins only an island that would lie alone, to the one most like it", () => {
  const islands = [
    island("a", { partOf: "b", themes: ["x"] }),
    island("b", { themes: ["x", "y", "z"] }),
    island("alleen", { themes: ["x"] }),
  ];
  expect(inShort(islands)).toEqual(["a part-of b", "alleen theme a"]);
});

test("themes never repeat a stronger bridge, and never make a hairball", () => {
  const themes = ["x", "y", "z"];
  expect(inShort([island("a", { partOf: "b", themes }), island("b", { themes })])).toEqual(["a part-of b"]);
  const crowd = Array.from({ length: 30 }, (_, at) => island(`eiland-${at}`, { themes }));
  expect(connectionsBetween(crowd).length).toBeLessThanOrEqual(crowd.length);
});

test("a bridge is told from either side", () => {
  const connections = connectionsBetween([
    island("deals", { partOf: "agenda", themes: ["stad", "leren"] }),
    island("reis", { supporters: ["agenda"], themes: ["leren", "stad"] }),
    island("agenda"),
  ]);
  expect(tiesOf("agenda", connections).map((tie) => `${tie.kind} ${tie.to}`)).toEqual([
    "parts deals",
    "supports reis",
  ]);
  expect(tiesOf("reis", connections)).toMatchObject([
    { kind: "supported-by", to: "agenda" },
    { kind: "theme", to: "deals", themes: [{ nl: "stad" }, { nl: "leren" }] },
  ]);
});
