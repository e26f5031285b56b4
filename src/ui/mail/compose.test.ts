import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileTemplate } from "../../../scripts/make-mail-template.ts";
import { day, type MailColours, night } from "./colours.ts";
import { composeMail, type MailContent } from "./compose.ts";

const plain: MailContent = {
  language: "nl",
  subject: "Bevestig je aanmelding",
  siteName: "Op pad",
  heading: "Bevestig je aanmelding",
  preheader: "Nog één klik",
  blocks: [],
  footerLinks: [{ label: "Dit was ik niet", href: "https://example.org/dit-was-ik-niet" }],
  reason: "Je krijgt deze mail omdat iemand dit adres invulde.",
};
const mail = (blocks: MailContent["blocks"], rest: Partial<MailContent> = {}) =>
  composeMail({ ...plain, blocks, ...rest });

test("a mail says everything twice: in HTML and in plain text with its links written out", async () => {
  const href = "https://example.org/bevestigen/abc?a=1&b=2";
  const { html, text } = await mail([
    { kind: "paragraph", text: "Je vroeg om de nieuwsbrief." },
    { kind: "button", label: "Ja, ik doe mee", href },
    { kind: "quote", text: "Eerste regel\nTweede regel" },
    { kind: "list", items: ["Eén update per maand", "Niets anders"] },
    { kind: "small", text: "Deze link werkt 21 dagen." },
  ]);
  expect(html).toContain('lang="nl"');
  expect(html).toContain("<title>Bevestig je aanmelding</title>");
  expect(html).toContain('href="https://example.org/bevestigen/abc?a=1&amp;b=2"');
  expect(html).toContain("Eerste regel<br>Tweede regel");
  expect(text).toBe(`Op pad

Bevestig je aanmelding
======================

Je vroeg om de nieuwsbrief.

Ja, ik doe mee:
${href}

> Eerste regel
> Tweede regel

- Eén update per maand
- Niets anders

Deze link werkt 21 dagen.

${"-".repeat(72)}
Je krijgt deze mail omdat iemand dit adres invulde.
Dit was ik niet:
https://example.org/dit-was-ik-niet
`);
});

test("what a visitor typed stays text, wherever it stands", async () => {
  const evil = `<script>alert("x")</script><img src=x onerror='y'>⟦heading⟧⟪quote⟫ $& $1`;
  const { html, text } = await mail(
    [
      { kind: "paragraph", text: evil },
      { kind: "quote", text: evil },
      { kind: "list", items: [evil] },
      { kind: "link", label: evil, href: "javascript:alert(1)" },
      { kind: "button", label: evil, href: `https://example.org/"><script>` },
    ],
    { siteName: evil, heading: evil, reason: evil, preheader: evil, subject: evil },
  );
  expect(html).not.toMatch(/<script|<img src=x|href="javascript/i);
  expect(html.match(/⟦heading⟧⟪quote⟫ \$&amp; \$1/g)?.length).toBeGreaterThan(8);
  expect(text).toContain("> <script>");
});

test("text lines are at most 72 columns; an address is never broken", async () => {
  const href = `https://example.org/${"a".repeat(90)}`;
  const long = "woorden van een lange zin die maar doorgaat ".repeat(8);
  const { text } = await mail(
    [
      { kind: "paragraph", text: long },
      { kind: "quote", text: `${long}\n\n${long}` },
      { kind: "list", items: [long] },
      { kind: "link", label: long, href },
    ],
    { reason: long, siteName: long, heading: long },
  );
  const lines = text.split("\n");
  expect(lines).toContain(href);
  expect(lines.filter((line) => line.length > 72)).toEqual([href]);
  expect(lines.filter((line) => line.startsWith("> ")).length).toBeGreaterThan(8);
});

test("a mail fetches nothing from elsewhere", async () => {
  const { html } = await mail([{ kind: "button", label: "Bevestigen", href: "https://example.org/" }]);
  const fetched = [...html.matchAll(/\b(?:src|background|srcset|poster)="([^"]*)"|url\(([^)]*)\)|@import/g)];
  expect(fetched.map(([, src]) => src?.slice(0, 22))).toEqual(["data:image/png;base64,"]);
  expect(html).not.toContain("<link");
});

test("the compiled template is that of today", async () => {
  const today = await compileTemplate();
  expect(
    today === readFileSync("src/ui/mail/pieces.json", "utf8"),
    "run: node scripts/make-mail-template.ts",
  ).toBe(true);
});

const pairs: [keyof MailColours, keyof MailColours, number][] = [
  ["text", "sheet", 7],
  ["text", "quote", 7],
  ["heading", "sheet", 7],
  ["muted", "sheet", 4.5],
  ["muted", "page", 4.5],
  ["link", "sheet", 4.5],
  ["link", "page", 4.5],
  ["onBand", "band", 7],
  ["onButton", "button", 4.5],
  ["button", "sheet", 3],
  ["shallow", "quote", 3],
];

test.each([
  ["day", day],
  ["night", night],
])("the colours of a mail can be told apart by %s (WCAG 1.4.3, 1.4.11)", (_name, colours) => {
  const found = pairs.map(([front, back, least]) => ({
    pair: `${front} on ${back}`,
    enough: contrast(colours[front], colours[back]) >= least,
  }));
  expect(found.filter(({ enough }) => !enough)).toEqual([]);
});

/** Contrast ratio of two colours, by WCAG 2.2's definition. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
