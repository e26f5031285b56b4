import { expect, test } from "vitest";
import {
  foreignAddresses,
  loadedBy,
  ownAddresses,
  withForeignImages,
} from "../../../tests/support/foreign-images.ts";
import { composeMail } from "./compose.ts";
import { mailMarkdown } from "./markdown.ts";
import { plainMarkdown } from "./plain-markdown.ts";

const base = "https://voorbeeld.example";

test("addresses in a mail are whole, and styles stand in the tags", () => {
  const html = mailMarkdown("## Kop\n\n[hier](/updates/een) ![kaart](/media/x.jpg) **vet**", base);
  expect(html).toContain('href="https://voorbeeld.example/updates/een"');
  expect(html).toContain('src="https://voorbeeld.example/media/x.jpg"');
  expect(html).toMatch(/<h2 style="[^"]+">Kop/);
});

test("HTML and dangerous links stay text", () => {
  const html = mailMarkdown(
    "<script>alert(1)</script> [klik](javascript:alert(1)) [x](//kwaad.example)",
    base,
  );
  expect(html).not.toContain("<script>");
  expect(html).not.toMatch(/href="(javascript|\/\/)/);
});

test("every mail program shows the pictures, no wider than the words", () => {
  const image = (src: string) => /<img [^>]*>/.exec(mailMarkdown(`![Haven](${src})`, base))?.[0] ?? "";
  const wide = image("/media/00000000-0000-4000-8000-000000000000/1600x900-haven.jpg");
  expect(wide).toContain('width="544"');
  expect(wide).toContain("width:100%;max-width:544px;height:auto;");
  const small = image("/media/00000000-0000-4000-8000-000000000000/200x100-haven.jpg");
  expect(small).toContain('width="200"');
  expect(small).toContain("max-width:200px");
  expect(image("/media/updates/haven.svg")).toContain(`src="${base}/media/mail/updates/haven.svg.png"`);
  expect(image("/media/updates/haven.avif")).toContain(`src="${base}/media/mail/updates/haven.avif.jpg"`);
  expect(image("/media/haven.png")).toContain('width="544"');
  expect(mailMarkdown("Zie ![de <haven>](https://elders.example/x.svg).", base)).toContain(
    "Zie de &lt;haven&gt;.",
  );
});

test("no picture from elsewhere stands in a mail, in whatever way it was written", async () => {
  for (const src of foreignAddresses)
    expect(mailMarkdown(`![Haven](${src})`, base), src).not.toContain("<img");
  for (const src of ownAddresses)
    expect(mailMarkdown(`![Haven](${src})`, base)).toContain(`src="${base}${ownAddresses[0]}"`);
  const { html } = await composeMail({
    ...{
      language: "nl",
      subject: "Kort",
      siteName: "Archipel",
      heading: "Kort",
      footerLinks: [],
      reason: "",
    },
    blocks: [{ kind: "markdown", text: withForeignImages, baseUrl: base }],
  });
  expect(loadedBy(html).join(" ")).not.toMatch(
    /tracker|data:image\/(?:svg|png;base64,iVBORw0KGgoAAAANSUhEUg$)|beheer/,
  );
  expect(html).toContain("Foto in link");
});

test("a link to a place in the text itself is its words: a mail has no such places", () => {
  expect(mailMarkdown("Lees [**verder**](#kop) of [elders](/a).", base)).toMatch(
    /Lees <strong>verder<\/strong> of <a href="https:\/\/voorbeeld.example\/a"/,
  );
  expect(plainMarkdown("Lees [verder](#kop) of [elders](/a).", base)).toBe(
    `Lees verder of elders (${base}/a).`,
  );
});

test("the plain part keeps lists, quotes and addresses", () => {
  expect(
    plainMarkdown("Dag **jij**,\nlees [dit](/a).\n\n1. een\n2. twee\n\n> zei ze\n\n---\n\nSlot", base),
  ).toBe("Dag jij, lees dit (https://voorbeeld.example/a).\n\n1. een\n2. twee\n\n> zei ze\n\n* * *\n\nSlot");
  expect(plainMarkdown("https://voorbeeld.example/x", base)).toBe("https://voorbeeld.example/x");
});

test("long quotations and items keep their mark and their place on every line", () => {
  const long = "een zin die zo lang is dat hij niet op één regel van de mail past, ook niet bijna";
  expect(plainMarkdown(`> ${long}\n>\n> - ${long}\n\nSlot`, base)).toBe(
    [
      "> een zin die zo lang is dat hij niet op één regel van de mail past, ook",
      "> niet bijna",
      "",
      "> - een zin die zo lang is dat hij niet op één regel van de mail past,",
      ">   ook niet bijna",
      "",
      "Slot",
    ].join("\n"),
  );
  expect(plainMarkdown(`1. ${long}\n   - ${long}\n   - kort\n2. twee\n\n- los\n\n- ook los`, base)).toBe(
    [
      "1. een zin die zo lang is dat hij niet op één regel van de mail past,",
      "   ook niet bijna",
      "   - een zin die zo lang is dat hij niet op één regel van de mail past,",
      "     ook niet bijna",
      "   - kort",
      "2. twee",
      "",
      "- los",
      "",
      "- ook los",
    ].join("\n"),
  );
});

test("a row of a table is a line", () => {
  expect(plainMarkdown("| Wie | Waar |\n|---|---|\n| An | [Ede](/ede) |\n| Bo | Epe |\n\nSlot", base)).toBe(
    `Wie | Waar\nAn | Ede (${base}/ede)\nBo | Epe\n\nSlot`,
  );
});

test("a card brings a title, a summary, a link and a picture into both parts, each in its language", async () => {
  const mail = await composeMail({
    ...{ language: "nl", subject: "S", siteName: "N", heading: "H", footerLinks: [], reason: "R" },
    blocks: [
      {
        ...{ kind: "card", label: "Lees verder", href: `${base}/u` },
        title: { text: "A & <b>" },
        summary: { text: "Short.", language: "en" },
        image: { src: `${base}/media/x.jpg`, alt: { text: 'A "map"', language: "en" } },
      },
    ],
  });
  expect(mail.html).toContain(">A &amp; &lt;b&gt;</h2>");
  expect(mail.html).toContain('<span lang="en">Short.</span>');
  expect(mail.html).toMatch(/<img lang="en"\s+alt="A &quot;map&quot;"/);
  expect(mail.text).toContain(`A & <b>\nShort.\n${base}/u`);
});
