import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { messagesOf } from "../src/platform/i18n.ts";
import { flatten, usesIn, variablesOf, withoutPlural } from "./support/texts.ts";

const dutch = flatten(messagesOf("nl"));
const english = flatten(messagesOf("en"));

const sources = ["src", "browser"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(folder, path), "utf8") })),
);
const namespaces = Object.keys(messagesOf("nl"));
const uses = sources.flatMap(({ path, text }) => usesIn(text, namespaces).map((use) => ({ ...use, path })));
const keys = [...dutch.keys()].map(withoutPlural);

test("both languages have the same texts", () => {
  expect([...english.keys()].sort()).toEqual([...dutch.keys()].sort());
});

test("a text has the same variables in both languages, and is not empty", () => {
  const differences = [...dutch].filter(
    ([key, text]) =>
      !text.trim() ||
      !english.get(key)?.trim() ||
      `${variablesOf(text)}` !== `${variablesOf(english.get(key) ?? "")}`,
  );
  expect(differences.map(([key]) => key)).toEqual([]);
});

test("every text that code asks for exists", () => {
  const missing = uses.filter(({ pattern }) => !keys.some((key) => pattern.test(key)));
  expect(missing.map(({ path, key }) => `${path}: ${key}`)).toEqual([]);
});

test("no text is left that no code asks for", () => {
  const unused = keys.filter((key) => !uses.some(({ pattern }) => pattern.test(key)));
  expect(unused).toEqual([]);
});

test("the search for texts sees literals, templates, and a namespace that does not exist", () => {
  const part = (name: string) => ["$", "{", name, "}"].join("");
  const template = `site:kind.${part("kind")}.label`;
  const source = `t("site:a.b"); const kinds = { idea: "site:idea" }; t(\`${template}\`); t("sote:x"); "https:x"`;
  const found = usesIn(source, ["site"]);
  expect(found.map(({ key }) => key)).toEqual(["site:a.b", "site:idea", template, "sote:x"]);
  expect(found[2]?.pattern.test("site:kind.tip.label")).toBe(true);
  expect(found[2]?.pattern.test("site:kind.tip.other")).toBe(false);
  expect(variablesOf("{{count}} van {{ name }}, {{count}}")).toEqual(["count", "name"]);
  expect(flatten({ site: { a: { b: "text" } } }).get("site:a.b")).toBe("text");
});
