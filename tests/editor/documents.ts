import type { JSONContent } from "@tiptap/core";
import fc from "fast-check";

/** Words and signs that mean something to Markdown somewhere. */
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("zee", "kust", "Ede", "één", "x", "12", "b2", "n", "日本", "🙂") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ..."* _ ** __ ` `` ~ ~~ # ## - + = --- === 1. 2) > | [ ] ( ) ! ![ ]( \\ < > & &amp; &nbsp; : :-- <b> </b> . , \" ' “ ” @ / $ snake_case 5*3 a|b".split(
        " ",
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "www.ede.nl",
      "ede.nl",
      "https://ede.nl/a_b?c=1&d=(e)",
      "a@ede.nl",
      "\u00a0",
      "[^1]",
      "[a]: b",
      "<https://x.nl>",
      "```",
      "~~~",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 4 }).filter((text) => !/[\p{Cc}\ud800-\udfff]/u.test(text)),
  },
);
const text = fc
  .array(fc.tuple(word, fc.constantFrom("", " ", "")), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.flat().join(""))
  .filter((joined) => joined !== "");

const href = fc.constantFrom(
  "https://ede.nl",
  "https://ede.nl/a_(b)*c*?d=1&e=2",
  "/over",
  "#zee",
  "mailto:a@ede.nl",
  "https://ede.nl/%5Bx%5D&copy;",
);
const title = fc.constantFrom(null, null, "Naar Ede", 'een "titel" \\ en &amp;');
const mark = fc.oneof(
  fc.constantFrom(
    { type: "bold" },
    { type: "italic" },
    { type: "bold" },
    { type: "strike" },
    { type: "code" },
  ),
  fc.record({ href, title }).map((attrs) => ({ type: "link", attrs })),
);
const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type });

const words = fc.record({ type: fc.constant("text"), text, marks });
const address = href.map((href) => ({
  type: "text",
  text: href.replace("mailto:", ""),
  marks: [{ type: "link", attrs: { href, title: null } }],
}));
const image = fc
  .record({
    src: fc.constantFrom("/media/a.jpg", "/media/a_(1).png"),
    alt: fc.oneof(
      fc.constant(""),
      text.map((alt) => alt.replace(/\s+/g, " ").trim()),
    ),
    title,
  })
  .map((attrs) => ({ type: "image", attrs }));
const lineBreak = fc.constant({ type: "hardBreak" });
const inline = (breaks: boolean) =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: words },
      { weight: 1, arbitrary: address },
      { weight: 1, arbitrary: image },
      ...(breaks ? [{ weight: 1, arbitrary: lineBreak }] : []),
    ),
    { minLength: 0, maxLength: 5 },
  );

const block = (type: string, content: fc.Arbitrary<JSONContent[]>, attrs?: fc.Arbitrary<object>) =>
  fc.record({ type: fc.constant(type), content, ...(attrs && { attrs }) }) as fc.Arbitrary<JSONContent>;

const paragraph = block("paragraph", inline(true));
const heading = block("heading", inline(false), fc.record({ level: fc.constantFrom(2, 3, 4) }));
const rule = fc.constant<JSONContent>({ type: "horizontalRule" });
const code = fc
  .array(fc.constantFrom("a", "`", "```", "\n", "  b", "# c", "\t", "~~~~"), { maxLength: 6 })
  .map((parts) => parts.join(""))
  .chain((text) =>
    fc.constantFrom(null, "ts").map(
      (language): JSONContent => ({
        type: "codeBlock",
        attrs: { language },
        content: text ? [{ type: "text", text }] : [],
      }),
    ),
  );
const video = fc.constant<JSONContent>({
  type: "video",
  attrs: { href: "https://www.youtube.com/watch?v=a_b*c", title: "Op *zee* [1]" },
});
const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 2 }))
  .chain(([columns, rows]) =>
    fc
      .tuple(
        fc.array(fc.constantFrom(null, "left", "center", "right"), {
          minLength: columns,
          maxLength: columns,
        }),
        fc.array(fc.array(inline(false), { minLength: columns, maxLength: columns }), {
          minLength: rows + 1,
          maxLength: rows + 1,
        }),
      )
      .map(
        ([aligns, cells]): JSONContent => ({
          type: "table",
          content: cells.map((row, at) => ({
            type: "tableRow",
            content: row.map((content, column) => ({
              type: at === 0 ? "tableHeader" : "tableCell",
              attrs: { align: aligns[column] },
              content: [{ type: "paragraph", content }],
            })),
          })),
        }),
      ),
  );

const nested = (depth: number): fc.Arbitrary<JSONContent> => {
  const leaf = [
    { weight: 6, arbitrary: paragraph },
    { weight: 2, arbitrary: heading },
    { weight: 1, arbitrary: rule },
    { weight: 2, arbitrary: code },
    { weight: 1, arbitrary: table },
  ];
  if (depth === 0) return fc.oneof(...leaf);
  const inner = nested(depth - 1);
  const item = block(
    "listItem",
    fc.tuple(paragraph, fc.array(inner, { maxLength: 2 })).map(([one, more]) => [one, ...more]),
  );
  const items = fc.array(item, { minLength: 1, maxLength: 3 });
  const tight = fc.boolean();
  return fc.oneof(
    ...leaf,
    { weight: 3, arbitrary: block("bulletList", items, fc.record({ tight })) },
    {
      weight: 3,
      arbitrary: block("orderedList", items, fc.record({ tight, start: fc.constantFrom(1, 1, 0, 7) })),
    },
    { weight: 2, arbitrary: block("blockquote", fc.array(inner, { minLength: 1, maxLength: 2 })) },
  );
};

/** Documents of everything that the editor can make. */
export const documents: fc.Arbitrary<JSONContent> = fc
  .array(fc.oneof({ weight: 10, arbitrary: nested(2) }, { weight: 1, arbitrary: video }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((content) => ({ type: "doc", content }));

/** Text that looks like Markdown, made of its signs in any order. */
export const markdownish: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: word },
      {
        weight: 2,
        arbitrary: fc.constantFrom(" ", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n## ", "  \n", "\n    "),
      },
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(""));
