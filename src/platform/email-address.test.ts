import { describe, expect, test } from "vitest";
import { mostPasted, pastedAddress, readableAddress } from "./email-address.ts";
import { emailField } from "./fields.ts";

const an = "an@voorbeeld.nl";

test.each([
  ["white space around it", "  an@voorbeeld.nl\n"],
  ["capitals", "An@Voorbeeld.NL"],
  ["a scheme", "mailto:an@voorbeeld.nl"],
  ["a scheme in capitals with a subject", "MAILTO:an@voorbeeld.nl?subject=Dag%20An"],
  ["a scheme with its sign written as a number", "mailto:an%40voorbeeld.nl"],
  ["a name before it", "An de Vries <an@voorbeeld.nl>"],
  ["a name in quotes", '"Vries, An de" <An@voorbeeld.nl>;'],
  ["a name with a scheme", "An <mailto:an@voorbeeld.nl>"],
  ["brackets alone", "<an@voorbeeld.nl>"],
  ["round brackets", "(an@voorbeeld.nl)"],
  ["a comma behind it", "an@voorbeeld.nl,"],
  ["a semicolon, as lists of Outlook have", "an@voorbeeld.nl; "],
  ["the dot of a sentence", "an@voorbeeld.nl."],
  ["quotes", "‘an@voorbeeld.nl’"],
  ["a space without width", "an@voorbeeld.nl\u200b"],
  ["a soft hyphen", "an@voor\u00adbeeld.nl"],
  ["a mark of byte order", "\ufeffan@voorbeeld.nl"],
  ["marks of direction, as Windows' address book adds", "\u202aan@voorbeeld.nl\u202c"],
  ["a word joiner and an isolate", "\u2066an\u2060@voorbeeld.nl\u2069"],
  ["a space that does not break", "\u00a0an@voorbeeld.nl\u00a0"],
  ["a full-width at sign", "an＠voorbeeld.nl"],
  ["all of it full-width", "ａｎ＠ｖｏｏｒｂｅｅｌｄ．ｎｌ"],
  ["an ideographic full stop", "an@voorbeeld。nl"],
])("%s is no part of an address", (_what, pasted) => {
  expect(emailField.parse(pasted)).toBe(an);
});

test.each([
  ["two addresses", "an@voorbeeld.nl, bo@voorbeeld.nl"],
  ["two in brackets", "An <an@voorbeeld.nl>, Bo <bo@voorbeeld.nl>"],
  ["no domain", "an@"],
  ["no dot in the domain", "an@localhost"],
  ["nobody", "@voorbeeld.nl"],
  ["a space within", "an de vries@voorbeeld.nl"],
  ["two at signs", "an@@voorbeeld.nl"],
  ["a link", "https://voorbeeld.nl/an"],
  ["a scheme that cannot be read", "mailto:%E0%A4%A@voorbeeld.nl"],
  ["a name in letters that mail does not carry", "ån@voorbeeld.nl"],
  ["a header behind it", "an@voorbeeld.nl\r\nBcc: bo@voorbeeld.nl"],
  ["too much", `${"a".repeat(mostPasted)}@voorbeeld.nl`],
])("%s is no address, and is refused", (_what, pasted) => {
  expect(emailField.safeParse(pasted).error?.issues[0]?.message).toBe("forms:email.invalid");
});

test.each(["", "   ", "\u200b", "<>"])("nothing (“%s”) is asked for", (pasted) => {
  expect(emailField.safeParse(pasted).error?.issues[0]?.message).toBe("forms:email.missing");
});

describe("a domain beyond ASCII", () => {
  test("is kept as it travels and shown as it reads", () => {
    const kept = emailField.parse("Info@Gemeente-Grønland.nl");
    expect(kept).toBe("info@xn--gemeente-grnland-vxb.nl");
    expect(readableAddress(kept)).toBe("info@gemeente-grønland.nl");
    expect(emailField.parse(kept), "however it is written, it is one address").toBe(kept);
    expect(emailField.parse("an@cafe\u0301.nl")).toBe(emailField.parse("an@café.nl"));
  });

  test("that mixes scripts stays as it travels, since it may look like another", () => {
    const kept = emailField.parse("an@vооrbeeld.nl"); // two letters o of Cyrillic
    expect(kept).toMatch(/^an@xn--/);
    expect(readableAddress(kept)).toBe(kept);
  });

  test("that says nothing is left alone", () => {
    expect(readableAddress("an@xn--.nl")).toBe("an@xn--.nl");
    expect(readableAddress("geen adres")).toBe("geen adres");
    expect(pastedAddress("an@ü..nl")).toContain("..nl");
  });
});
