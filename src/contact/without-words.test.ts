import { expect, test } from "vitest";
import { withoutWords } from "./without-words.ts";

const tip = "In onze wijk-tuin groeien 3 bomen.\nDat deden wij zelf, met de buren.";

test.each([
  ["as it was quoted", "> In onze wijk\\-tuin groeien 3 bomen\\.\n> Dat deden wij zelf, met de buren\\."],
  ["joined to one line", "> In onze wijk-tuin groeien 3 bomen. Dat deden wij zelf, met de buren."],
  ["cut in two quotes", "> In onze wijk-tuin groeien 3 bomen.\n\n> Dat deden wij zelf, met de buren."],
  [
    "with marks and letters as numbers",
    "> **In onze** wijk-tuin groeie&#110; 3 bomen. _Dat deden wij_ zelf, met de buren.",
  ],
  [
    "without its quotation, in capitals",
    "IN ONZE WIJK-TUIN GROEIEN 3 BOMEN! Dat deden wij zelf, met de buren.",
  ],
])("words go %s", (_how, markdown) => {
  expect(withoutWords(markdown, tip)).toBe("…");
});

test("what stands around them stays, and so do a few words that anybody writes", () => {
  const text = "Wij gingen in onze wijk kijken.\n\n> Dat deden wij zelf, met de buren.\n\nZo kan het ook.";
  expect(withoutWords(text, tip)).toBe("Wij gingen in onze wijk kijken.\n\n…\n\nZo kan het ook.");
});

test("a short tip goes where a block says nothing else", () => {
  const text = "> Meer\n> groen\\!\n\nMeer groen in de wijk: daarover gaat dit.";
  expect(withoutWords(text, "Meer groen!")).toBe("…\n\nMeer groen in de wijk: daarover gaat dit.");
  expect(withoutWords(text, " - ")).toBe(text);
});

test("a long tip that says one thing over and over is no burden", () => {
  const much = "ja ".repeat(2500);
  expect(withoutWords(`${much}\n\nEn nu iets anders dan dat.`, much)).toBe("…\n\nEn nu iets anders dan dat.");
});
