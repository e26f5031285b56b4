import { expect, test } from "vitest";
import { composeMail } from "./compose.ts";
import { mailMarkdown, plainMarkdown } from "./markdown.ts";

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

test("the plain part keeps lists, quotes and addresses", () => {
  expect(plainMarkdown("Dag **jij**,\nlees [dit](/a).\n\n1. een\n2. twee\n\n> zei ze\n\n---", base)).toEqual([
    "Dag jij, lees dit (https://voorbeeld.example/a).",
    "1. een",
    "2. twee",
    "> zei ze",
    "* * *",
  ]);
  expect(plainMarkdown("https://voorbeeld.example/x", base)).toEqual(["https://voorbeeld.example/x"]);
});

test("a card brings a title, a summary, a link and a picture into both parts", async () => {
  const mail = await composeMail({
    ...{ language: "nl", subject: "S", siteName: "N", heading: "H", footerLinks: [], reason: "R" },
    blocks: [
      {
        ...{ kind: "card", title: "A & <b>", summary: "Kort.", label: "Lees verder", href: `${base}/u` },
        image: { src: `${base}/media/x.jpg`, alt: 'Een "kaart"' },
      },
    ],
  });
  expect(mail.html).toContain("A &amp; &lt;b&gt;");
  expect(mail.html).toContain('alt="Een &quot;kaart&quot;"');
  expect(mail.text).toContain(`A & <b>\nKort.\n${base}/u`);
});
