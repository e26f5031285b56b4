import { expect, test } from "vitest";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { mailPreviews } from "../features.ts";
import { technical } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { composeMail } from "../ui/mail/compose.ts";

async function send(app: TestApp, subject: string) {
  const composed = await composeMail({
    language: "nl",
    subject,
    siteName: "Op pad",
    heading: subject,
    blocks: [
      { kind: "button", label: "Bevestigen", href: `${app.origin}/bevestigen/abc?a=1&b=2` },
      { kind: "quote", text: "<script>alert(1)</script>" },
    ],
    footerLinks: [],
    reason: "Omdat je dat vroeg.",
  });
  await app.ctx.mailer.send({
    id: `test-${subject.replaceAll(/\W/g, "-")}`,
    to: "vera@example.org",
    fromName: "Op pad",
    replyTo: "redactie@example.org",
    headers: { "List-Unsubscribe": "<https://archipel.example/afmelden/x>" },
    subject,
    ...composed,
  });
  app.advance(1000);
}
const read = async (response: Response) => {
  expect(response.status).toBe(200);
  return response.text();
};
const linkTo = (page: string, subject: string) =>
  new RegExp(`href="([^"]+)">\\s*${subject}\\s*<`).exec(page)?.[1] ?? "no link";

test("mail that cannot leave is read in the mailbox: headers, look, text, and links that work", async () => {
  const app = await startTestApp();
  expect(await read(await app.get(technical.mailbox))).toContain("Er is nog geen mail verstuurd.");
  await send(app, "Eerste mail");
  await send(app, "Tweede mail");
  const list = await read(await app.get(technical.mailbox));
  expect(list.indexOf("Tweede mail")).toBeLessThan(list.indexOf("Eerste mail"));
  const page = await app.get(linkTo(list, "Eerste mail"));
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("x-robots-tag")).toBe("noindex");
  expect(page.headers.get("content-security-policy")).toMatch(
    /default-src 'none'.*frame-ancestors 'none'.*frame-src 'self'/,
  );
  const shown = await read(page);
  expect(shown).toContain('<meta name="robots" content="noindex"');
  expect(shown).toContain("vera@example.org");
  expect(shown).toContain("redactie@example.org");
  expect(shown).toContain("Op pad &lt;archipel@localhost&gt;");
  expect(shown).toContain("List-Unsubscribe");
  expect(shown).toContain("&lt;test-Eerste-mail@localhost&gt;");
  expect(shown).toContain(`<a href="${app.origin}/bevestigen/abc?a=1&amp;b=2">`);
  expect(shown).not.toContain("<script>alert");

  const frame = await app.get(/<iframe[^>]* src="([^"]+)"/.exec(shown)?.[1] ?? "no frame");
  const policy = frame.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).toMatch(/sandbox (?!.*allow-scripts|.*allow-same-origin)/);
  expect(frame.headers.get("x-frame-options")).toBe("SAMEORIGIN");
  expect(frame.headers.get("x-content-type-options")).toBe("nosniff");
  expect(frame.headers.get("cache-control")).toBe("no-store");
  const html = await read(frame);
  expect(html).toContain('<base target="_top">');
  expect(html).toContain(`href="${app.origin}/bevestigen/abc?a=1&amp;b=2"`);
});

test("every other page keeps the strict policy", async () => {
  const app = await startTestApp();
  for (const path of ["/", technical.health, "/bestaat-niet"]) {
    const { headers } = await app.get(path);
    expect(headers.get("content-security-policy")).not.toContain("unsafe-inline");
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
});

test("a long mailbox has pages", async () => {
  const app = await startTestApp({ starter: "none" });
  for (let number = 1; number <= 27; number++) await send(app, `Mail ${number}.`);
  const first = await read(await app.get(technical.mailbox));
  expect(first).toContain("Mail 27.");
  expect(first).not.toContain("Mail 2.");
  expect(await read(await app.get(`${technical.mailbox}?page=2`))).toContain("Mail 2.");
  for (const page of ["3", "0", "x"])
    expect((await app.get(`${technical.mailbox}?page=${page}`)).status).toBe(404);
});

test("an address that is no mail's is not found", async () => {
  const app = await startTestApp({ starter: "none" });
  const nobody = "00000000-0000-4000-8000-000000000000";
  for (const path of [
    technical.mailboxMail(nobody),
    technical.mailboxHtml(nobody),
    technical.mailboxMail("x"),
    technical.mailPreview("x", "nl"),
    technical.mailPreview(mailPreviews[0]?.name ?? "", "de"),
  ])
    expect((await app.get(path)).status, path).toBe(404);
});

test("there is no mailbox where mail leaves, and no previews in production", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ starter: "none" });
  await send(app, "Voor Vera");
  const id = (await app.mailbox())[0]?.id ?? "";
  const beside = { database: app.database };
  const withServer = await startTestApp({ beside, env: { SMTP_URL: sink.url } });
  const production = await startTestApp({
    beside,
    env: {
      NODE_ENV: "production",
      SMTP_URL: sink.url,
      BASE_URL: "https://archipel.example",
      MAIL_FROM: "post@archipel.example",
    },
  });
  const name = mailPreviews[0]?.name ?? "";
  const mailbox = [technical.mailbox, technical.mailboxMail(id), technical.mailboxHtml(id)];
  const previews = [
    technical.mailPreviews,
    technical.mailPreview(name, "nl"),
    technical.mailPreviewHtml(name, "nl"),
  ];
  const answers = (from: TestApp, paths: string[]) =>
    Promise.all(paths.map(async (path) => (await from.get(path)).status));
  expect(await answers(app, [...mailbox, ...previews])).toEqual([200, 200, 200, 200, 200, 200]);
  expect(await answers(withServer, [...mailbox, ...previews])).toEqual([404, 404, 404, 200, 200, 200]);
  expect(await answers(production, [...mailbox, ...previews])).toEqual([404, 404, 404, 404, 404, 404]);
});

test("the previews show every mail in each language", async () => {
  const app = await startTestApp();
  const page = await read(await app.get(technical.mailPreviews));
  for (const { name, render } of mailPreviews)
    for (const language of languages) {
      expect(page).toContain(technical.mailPreview(name, language));
      const shown = await read(await app.get(technical.mailPreview(name, language)));
      const { subject } = await render(language);
      expect(shown).toContain(
        subject.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
      );
      expect(await read(await app.get(technical.mailPreviewHtml(name, language)))).toContain(
        `lang="${language}"`,
      );
    }
});

test.each(languages)(
  "every mail is whole in %s: subject, text part, and nothing from elsewhere but the site's own pictures",
  async (language) => {
    expect(mailPreviews.length).toBeGreaterThan(0);
    expect(new Set(mailPreviews.map(({ name }) => name)).size).toBe(mailPreviews.length);
    for (const { name, render } of mailPreviews) {
      const { subject, html, text } = await render(language);
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(subject.length, name).toBeGreaterThan(3);
      expect(subject, name).not.toMatch(/[\r\n]/);
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) =>
        href.replaceAll("&amp;", "&"),
      );
      for (const href of links) expect(text, `${name}: ${href}`).toContain(href);
      const long = text.split("\n").filter((line) => line.length > 72 && !/^\S+$/.test(line));
      expect(long, name).toEqual([]);
      const fetched = html.match(
        /\b(?:src|srcset|background|poster)="(?!data:|https:\/\/voorbeeld\.example\/media\/)[^"]*"|url\(|@import|<link|<script/g,
      );
      expect(fetched, name).toBeNull();
      expect(html, name).not.toMatch(/undefined|\[object|⟦|⟪/);
    }
  },
);
