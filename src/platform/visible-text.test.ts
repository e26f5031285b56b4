import fc from "fast-check";
import { expect, test } from "vitest";
import { hasLetter, isLongerThan, looksLikeAddress, visibleLine, visibleText } from "./visible-text.ts";

/** Any text, rich in what hides, stacks or turns around. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        ..."\u202e\u2066\u2069\u200f\u200d\u200c\ufeff\u00ad\u0301\u0344\u3164\ufe0f\0\r\n\t \ud800",
      ),
      fc.constantFrom("a", "é", "👩", "💻", "ب", "क", "\u094d"),
    ),
  )
  .map((parts) => parts.join(""));
const often = { numRuns: 2000 };

test("what is shown is NFC, has nothing that turns or hides, and shows the same when shown again", () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const shown = visibleText(typed);
      expect(shown).toBe(shown.normalize("NFC"));
      expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\u200b\u00ad]/);
      expect(shown).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(shown).not.toMatch(/\p{M}{5}/u);
      expect(shown.isWellFormed()).toBe(true);
      expect(visibleText(shown)).toBe(shown);
    }),
    often,
  );
});

test("a line has no line break, no space around it and no two in a row", () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const line = visibleLine(typed);
      expect(line).not.toMatch(/\n|\s\s|^\s|\s$/);
      expect(visibleLine(line)).toBe(line);
    }),
    often,
  );
});

test.each([
  "Sanne de Vries",
  "Zoë Ångström-Nuñez",
  "Nguyễn Thị Ánh",
  "王小明",
  "محمد رضا",
  "نیلوفر می\u200cخواهم",
  "क्षितिज",
  "O’Brien",
  "שָׁלוֹם",
  "👩‍💻 Ada",
])("%s keeps every character", (name) => {
  expect(visibleLine(name)).toBe(name.normalize("NFC"));
});

test("tricks are shown as what they are", () => {
  expect(visibleLine("Jan \u202eneJ\u202c")).toBe("Jan neJ");
  expect(visibleLine("J\u200da\u200bn")).toBe("Jan");
  expect(visibleLine("\u3164\u115f \u2800")).toBe("");
  expect(visibleLine(`J${"\u0301\u0316".repeat(200)}an`)).toHaveLength(7);
  expect(hasLetter(visibleLine("\u3164"))).toBe(false);
});

test("length is what a reader counts, and no character is a hiding place", () => {
  expect(isLongerThan("é".repeat(100), 100)).toBe(false);
  expect(isLongerThan("👩‍💻".repeat(3), 3)).toBe(true); // five code units each: more than a name's characters take
  expect(isLongerThan("é".repeat(101), 100)).toBe(true);
  expect(isLongerThan(`👩${"\u200d👩".repeat(3000)}`, 100)).toBe(true);
});

test.each([
  "https://casino.example",
  "casino.com",
  "CASINO.COM",
  "Bezoek casino.com nu",
  "casino．com",
  "casino。com",
  "www.casino",
  "javascript:alert(1)",
  "jan@casino.com",
  "goo.gl/x",
])("%s looks like an address", (text) => expect(looksLikeAddress(text)).toBe(true));

test.each([
  "J.P. Balkenende",
  "J.P.Balkenende",
  "Prof.dr. A. de Wit",
  "mr.drs. Li",
  "Sanne v.d. Berg",
  "St.John",
  "Jan, e.a.",
  "Dr. No",
  "D66",
  "Gemeente 's-Hertogenbosch",
])("%s is a name", (text) => expect(looksLikeAddress(text)).toBe(false));
