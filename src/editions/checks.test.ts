import { expect, test } from "vitest";
import { foreignAddresses, loadedBy, withForeignImages } from "../../tests/support/foreign-images.ts";
import type { Audience } from "./audience.ts";
import { findingsOf, linksIn } from "./checks.ts";
import { emptyEdition } from "./document.ts";
import { composeLetter, languagesOf } from "./letter.ts";
import type { EditionContent } from "./table.ts";

const text = (nl: string, en = "") => ({ nl, en });
const origin = "https://voorbeeld.example";
const forty: Audience = {
  all: 42,
  suppressed: 2,
  languages: [
    { language: "nl", count: 36 },
    { language: "en", count: 6 },
  ],
};

async function look(content: Partial<EditionContent>, audience = forty) {
  const whole = { ...emptyEdition(), subject: text("Kort"), intro: text("Dag."), ...content };
  const letters = await Promise.all(
    languagesOf(whole).map((language) =>
      composeLetter({
        ...{ language, content: whole, blocks: [], origin, baseUrl: origin },
        ...{ newsletter: "Nieuws", siteName: "Nieuws", updateHref: () => "" },
      }),
    ),
  );
  const found = findingsOf({ content: whole, letters, blocks: [], audience });
  return { letters, texts: found.filter(({ level }) => level !== "good").map(({ text }) => text), found };
}

test("a subject is judged by its characters, not by its bytes", async () => {
  const subjectOf = async (length: number) =>
    (await look({ subject: text("é".repeat(length)) })).found.find(({ text }) => text.startsWith("subject"));
  expect(await subjectOf(60)).toMatchObject({ text: "subjectGood", values: { count: 60 } });
  expect(await subjectOf(61)).toMatchObject({ level: "good", text: "subjectRather" });
  expect(await subjectOf(78)).toMatchObject({ level: "good" });
  expect(await subjectOf(79)).toMatchObject({ level: "warn", text: "subjectLong" });
});

test("what lacks is told: a first line, the rest of a language, an update that is gone or not chosen", async () => {
  const { texts } = await look({
    subject: text("Kort", "Short"),
    blocks: [{ update: "00000000-0000-4000-8000-000000000000" }, { update: "" }],
  });
  expect(texts).toEqual(["preheaderMissing", "halfLanguage", "blocksGone", "blocksOpen", "instead.nl"]);
});

test("nothing to read, and nobody to read it, stop an edition", async () => {
  expect((await look({ subject: text("") })).texts).toContain("empty");
  const nobody = { all: 0, suppressed: 0, languages: [] };
  const stops = (await look({}, nobody)).found.filter(({ level }) => level === "stop");
  expect(stops.map(({ text }) => text)).toEqual(["nobody"]);
  const refusing = await look({}, { ...forty, suppressed: 42 });
  expect(refusing.texts).toContain("nobodyReached");
});

test("a mail that Gmail would cut off is told; the picture of the band does not count", async () => {
  expect((await look({})).texts).not.toContain("sizeLarge");
  expect((await look({ closing: text("woord ".repeat(18_000)) })).texts).toContain("sizeLarge");
});

test("a picture says what it shows, or was said to be decoration; a file's name says nothing", async () => {
  expect((await look({ intro: text("![Een haven](/media/a.jpg)") })).texts).not.toContain("altMissing");
  expect((await look({ intro: text("![IMG_2034](/media/a.jpg)") })).texts).toContain("altMissing");
  expect((await look({ intro: text("![haven.jpg](/media/a.jpg)") })).texts).toContain("altMissing");
  const { found } = await look({ intro: text("![](/media/a.jpg)") });
  expect(found).toContainEqual({ level: "good", text: "decorative", values: { count: 1 } });
  const twice = text("![IMG_2034](/media/a.jpg)", "![IMG_2034](/media/a.jpg)");
  const both = await look({ subject: text("Kort", "Short"), intro: twice });
  expect(both.found, "one picture in two languages is one").toContainEqual({
    ...{ level: "warn", text: "altMissing", values: { count: 1 } },
  });
});

test("images from elsewhere are named, once for both languages, and stand in no letter", async () => {
  const own = await look({ intro: text("![Een haven](/media/a.jpg)") });
  expect(own.texts).not.toContain("imagesElsewhere");
  const one = text("![p](https://tracker.example/p.gif)", "![p](https://tracker.example/p.gif)");
  const { found } = await look({ subject: text("Kort", "Short"), intro: one });
  expect(found).toContainEqual({
    ...{ level: "warn", text: "imagesElsewhere" },
    values: { count: 1, names: "https://tracker.example/p.gif" },
  });
  const all = await look({ closing: text(withForeignImages) });
  const named = all.found.find((finding) => finding.text === "imagesElsewhere");
  expect(named?.values?.count).toBeGreaterThan(foreignAddresses.length);
  expect(named?.values?.names).toMatch(/^https:\/\/tracker\.example\/p\.gif .* …$/);
  expect(loadedBy(all.letters[0]?.html ?? "").join(" ")).not.toMatch(/tracker|beheer/);
});

test("links are each looked at once, and a reader's own not at all", async () => {
  const { letters } = await look({
    intro: text(
      "[a](/manifest?a=1&b=2) [b](/manifest?a=1&b=2) [c](mailto:a@example.org) [d](https://x.example)",
    ),
  });
  const links = linksIn(letters).filter((link) => !link.endsWith("/mijn"));
  expect(links).toEqual(["https://voorbeeld.example/manifest?a=1&b=2", "https://x.example"]);
});
