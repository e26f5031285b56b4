import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getSchema, type JSONContent } from "@tiptap/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looks, tidy } from "../../browser/editor/pieces.ts";
import { readMarkdown } from "../../browser/editor/read-markdown.ts";
import { extensions } from "../../browser/editor/schema.ts";
import { comparable, readWithoutLoss } from "../../browser/editor/without-loss.ts";
import { writeMarkdown } from "../../browser/editor/write-markdown.ts";
import { renderMarkdown } from "../../src/ui/markdown-html.ts";
import { documents, markdownish } from "./documents.ts";

const schema = getSchema(extensions);
const inEditor = (doc: JSONContent): JSONContent => {
  const node = schema.nodeFromJSON(doc);
  node.check();
  return node.toJSON();
};

/** A document as Markdown can hold it: no empty paragraphs, white space as a page shows it. */
function plain(node: JSONContent): JSONContent[] {
  const content = node.content ?? [];
  const inline = ["paragraph", "heading"].includes(node.type ?? "");
  const pieces = looks(tidy(content)).map((text) => ({ type: "text", text }));
  if (node.type === "paragraph" && pieces.length === 0) return [];
  const { type, attrs = {} } = node;
  const { tight: _tight, ...others } = attrs; // a blank line in an item changes the whole list
  const kept = Object.fromEntries(
    Object.entries(others).filter(([, value]) => value !== null && value !== 1),
  );
  return [{ type: type!, attrs: kept, content: inline ? pieces : content.flatMap(plain) }];
}
const leaves = (node: JSONContent): JSONContent =>
  node.type === "text" ? { type: "text", text: node.text ?? "" } : node;

const texts = readdirSync("content", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md"))
  .map((path) => ({
    path,
    text: readFileSync(join("content", path), "utf8").replace(/^---\n[\s\S]*?\n---\n/, ""),
  }));

test.each(texts)("$path comes through the editor as it was", ({ text }) => {
  const doc = readWithoutLoss(text);
  expect(doc).not.toBeNull();
  const after = writeMarkdown(inEditor(doc!));
  expect(comparable(renderMarkdown(after))).toBe(comparable(renderMarkdown(text)));
});

describe("whatever an editor makes", () => {
  test("is read back as it was", () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const markdown = writeMarkdown(inEditor(doc));
        const again = inEditor(readMarkdown(markdown)!);
        expect(plain(again).map(leaves), markdown).toEqual(plain(doc).map(leaves));
      }),
      { numRuns: 700 },
    );
  });

  test("opens again without loss, looking the same", () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const markdown = writeMarkdown(doc);
        const again = readWithoutLoss(markdown);
        expect(again, markdown).not.toBeNull();
        expect(comparable(renderMarkdown(writeMarkdown(again!)))).toBe(comparable(renderMarkdown(markdown)));
      }),
      { numRuns: 200 },
    );
  });
});

test("any text opens without loss, or not at all; and nearly any opens", () => {
  let closed = 0;
  const runs = 2000;
  fc.assert(
    fc.property(markdownish, (text) => {
      const doc = readWithoutLoss(text);
      if (!doc) {
        closed++;
        return;
      }
      const after = writeMarkdown(inEditor(doc));
      expect(comparable(renderMarkdown(after))).toBe(comparable(renderMarkdown(text)));
    }),
    { numRuns: runs },
  );
  expect(closed / runs).toBeLessThan(0.05);
});
