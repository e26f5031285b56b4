import { expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { matchInitiatives } from "./matching.ts";
import { listHelpWanted } from "./queries.ts";

async function match(themes: string[], words: string) {
  const app = await startTestApp();
  const found = await matchInitiatives(app.ctx, { themes, words }, await listHelpWanted(app.ctx));
  return found.map(({ slug, themes, words }) => ({ slug, themes: themes.map(({ nl }) => nl), words }));
}

test("a shared theme brings an initiative to the front, and is told as the reason", async () => {
  const [first] = await match(["netwerken"], "");
  expect(first).toEqual({ slug: "slimmernetwerk", themes: ["Netwerken"], words: [] });
});

test("words find other forms of themselves: the Dutch dictionary knows them", async () => {
  const [first] = await match([], "Ik verken praktijken in het land");
  expect(first?.slug).toBe("op-pad-met-de-cxo");
  expect(first?.words).toContain("praktijken");
  expect(first?.words).not.toContain("het");
});

test("a typing error still finds its word", async () => {
  const found = await match([], "inovatie");
  expect(found.find(({ slug }) => slug === "slimmernetwerk")?.words).toEqual(["inovatie"]);
});

test("when nothing fits, the first five that ask for help are shown without a reason", async () => {
  const found = await match([], "xyzzy");
  expect(found).toHaveLength(5);
  expect(found.every(({ themes, words }) => themes.length + words.length === 0)).toBe(true);
});

test("a word that everybody uses is no reason", async () => {
  const found = await match([], "Ik werk graag samen met anderen bij de overheid");
  expect(found.flatMap(({ words }) => words)).toEqual([]);
});
