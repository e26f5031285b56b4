import fc from "fast-check";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { type Addressee, type Letter, prepareLetter, slot } from "./letter.ts";
import { escapeHtml } from "./slots.ts";

const letter: Letter = {
  from: "post@archipel.example",
  fromName: "Op pad, mét de CXO",
  replyTo: "redactie@archipel.example",
  subject: `Dag ${slot("name")}: nieuws`,
  html: `<h1 style="color:#123">Dag ${slot("name")}!</h1>\n    <p title="${slot("name")}">Eén = twee</p>\n<a href="${slot("unsubscribe")}">Afmelden</a>`,
  text: `Dag ${slot("name")}!\n\n.punt en   spaties \nFrom hier\n${slot("unsubscribe")}`,
  headers: {
    "List-Unsubscribe": `<${slot("unsubscribe")}>, <mailto:post+${slot("mail")}@archipel.example>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": "Nieuws één <nieuws.archipel.example>",
  },
};

const addressee = (slots: Record<string, string>): Addressee => ({
  to: "vera@example.org",
  messageId: "<abc@archipel.example>",
  returnPath: "post+1@archipel.example",
  date: new Date("2026-11-22T10:00:00Z"),
  slots: { name: "Vera", unsubscribe: "https://archipel.example/afmelden/x", mail: "u1", ...slots },
});

function written(prepared: ReturnType<typeof prepareLetter>, to: Addressee): Buffer {
  const { fields, body } = prepared.messageFor(to);
  const header = [...fields.map(({ raw }) => raw), "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(header), ...body.map(({ raw }) => raw)]);
}

const lines = (text: string) => text.replace(/\r\n?/g, "\n");
const oneSpaced = (text: string) => text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim();

/** What nobody should call themselves, and somebody will. */
const value = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "é",
        "=",
        ".",
        " ",
        "\t",
        "\r\n",
        "\n",
        "\r",
        "🌊",
        "From ",
        "=3D",
        "<b>",
        "&amp;",
        "'",
      ),
    )
    .map((parts) => parts.join("")),
  fc.constantFrom(
    ".",
    "..",
    "\r\n.\r\nQUIT",
    "x\r\nBcc: kwaad@example.net\r\n\r\n<h1>Eigen</h1>",
    "=?utf-8?Q?verkleed?=",
    "--=_-boundary",
    slot("unsubscribe"),
    "a".repeat(2000),
    ...Array.from({ length: 20 }, (_, more) => "b".repeat(66 + more)),
    "é".repeat(500),
  ),
);

/** NUL and other controls are kept by the encoding; parsers differ on what they make of them. */
const readable = value.filter(
  (text) => !/(?![\t\r\n])\p{Cc}|[\ufeff\ufffd]/u.test(text) && text.isWellFormed(),
);

test("every value comes back as it was given, from two parsers, in subject, text and HTML", async () => {
  const prepared = prepareLetter(letter);
  await fc.assert(
    fc.asyncProperty(readable, async (name) => {
      const raw = written(prepared, addressee({ name }));
      const parsed = await PostalMime.parse(raw);
      const text = `Dag ${name}!\n\n.punt en   spaties \nFrom hier\nhttps://archipel.example/afmelden/x\n`;
      expect(lines(parsed.text ?? "").trimEnd()).toBe(lines(text).trimEnd());
      const html = `<h1 style="color:#123">Dag ${escapeHtml(name)}!</h1>\n    <p title="${escapeHtml(name)}">Eén = twee</p>\n<a href="https://archipel.example/afmelden/x">Afmelden</a>`;
      expect(lines(parsed.html ?? "").trimEnd()).toBe(lines(html));
      expect(oneSpaced(parsed.subject ?? "")).toBe(oneSpaced(`Dag ${name}: nieuws`));
      const other = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
      expect(lines(other.text ?? "").trimEnd()).toBe(lines(text).trimEnd());
      expect(other.html && lines(other.html).trimEnd()).toBe(lines(html));
      expect(oneSpaced(other.subject ?? "")).toBe(oneSpaced(`Dag ${name}: nieuws`));
    }),
    { numRuns: 400 },
  );
});

test("whatever the values are, the message is valid: ASCII, short lines, no dot first, no header of theirs", () => {
  const prepared = prepareLetter(letter);
  const names = prepared.messageFor(addressee({})).fields.map(({ name }) => name);
  fc.assert(
    fc.property(value, value, value, (name, unsubscribe, mail) => {
      const raw = written(prepared, addressee({ name, unsubscribe, mail })).toString("latin1");
      expect(raw).toMatch(/^[\t\r\n -~]*$/);
      expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      expect(raw).not.toMatch(/^\.|^From /m);
      const end = raw.indexOf("\r\n\r\n");
      for (const line of raw.slice(end).split("\r\n")) expect(line.length).toBeLessThanOrEqual(76);
      const fields = raw.slice(0, end).split(/\r\n(?![ \t])/);
      expect(fields.map((field) => field.slice(0, field.indexOf(":")).toLowerCase())).toEqual(names);
      for (const field of fields)
        if (!field.startsWith("List-Unsub"))
          for (const line of field.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
      const urls = fields.find((field) => field.startsWith("List-Unsubscribe:"));
      expect(urls?.match(/[<>]/g)).toHaveLength(4);
    }),
    { numRuns: 1000 },
  );
});

test("what is signed as canonical is what RFC 6376 makes of what is sent", () => {
  const prepared = prepareLetter(letter);
  fc.assert(
    fc.property(value, (name) => {
      const { body } = prepared.messageFor(addressee({ name }));
      const sent = Buffer.concat(body.map(({ raw }) => raw)).toString("latin1");
      const canonical = Buffer.concat(body.map((piece) => piece.canonical)).toString("latin1");
      const relaxed = sent.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
      expect(canonical).toBe(relaxed.join("\r\n"));
    }),
    { numRuns: 500 },
  );
});

test("a picture goes along as a part of the message, beside the HTML", async () => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
  const html = `<p>Dag ${slot("name")}</p><img alt="" src="data:image/png;base64,${png}"><p>Slot</p>`;
  const parsed = await PostalMime.parse(
    written(prepareLetter({ ...letter, html }), addressee({ name: "Vera" })),
  );
  const [picture] = parsed.attachments;
  expect(Buffer.from(picture?.content as ArrayBuffer).toString("base64")).toBe(png);
  expect(picture).toMatchObject({ disposition: "inline", mimeType: "image/png", related: true });
  expect(parsed.html).toContain(`<p>Dag Vera</p><img alt="" src="cid:${picture?.contentId?.slice(1, -1)}">`);
});

test("sender, recipient, identity and headers are those given", async () => {
  const parsed = await PostalMime.parse(written(prepareLetter(letter), addressee({ mail: "u&1" })));
  const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
  expect(parsed.from).toEqual({ name: "Op pad, mét de CXO", address: "post@archipel.example" });
  expect(parsed.replyTo).toEqual([{ name: "", address: "redactie@archipel.example" }]);
  expect(parsed.to).toEqual([{ name: "", address: "vera@example.org" }]);
  expect(parsed.messageId).toBe("<abc@archipel.example>");
  expect(header("date")).toBe("Sun, 22 Nov 2026 10:00:00 +0000");
  expect(header("list-unsubscribe")).toBe(
    "<https://archipel.example/afmelden/x>, <mailto:post+u&1@archipel.example>",
  );
  expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(header("mime-version")).toBe("1.0");
});

test("a letter is the same bytes at every try, and reads the same unencoded", () => {
  const to = addressee({ name: "Véra <b>" });
  expect(written(prepareLetter(letter), to)).toEqual(written(prepareLetter(letter), to));
  const read = prepareLetter(letter).readAs(to.slots);
  expect(read.subject).toBe("Dag Véra <b>: nieuws");
  expect(read.html).toContain("Dag Véra &lt;b&gt;!");
  expect(read.text).toContain("Dag Véra <b>!");
  expect(read.headers["List-Unsubscribe"]).toContain("<mailto:post+u1@archipel.example>");
});

test("no message is made without a value, an address or a Message-ID", () => {
  const prepared = prepareLetter(letter);
  const { unsubscribe: _, ...others } = addressee({}).slots;
  expect(() => prepared.messageFor({ ...addressee({}), slots: others })).toThrow("unsubscribe");
  expect(() =>
    prepared.messageFor({ ...addressee({}), to: "vera@example.org, kwaad@example.net" }),
  ).toThrow();
  expect(() => prepared.messageFor({ ...addressee({}), messageId: "<a@b>\r\nBcc: x@example.net" })).toThrow();
  expect(() => prepareLetter({ ...letter, headers: { "X\r\nBcc": "kwaad@example.net" } })).toThrow();
  expect(() => prepareLetter({ ...letter, from: "post@archipel.example, kwaad@example.net" })).toThrow();
});
