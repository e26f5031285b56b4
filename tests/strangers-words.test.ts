import { expect, test } from "vitest";
import { paths } from "../src/paths.ts";
import { elsewhere, ownNetworks } from "./support/mine.ts";
import { signFields } from "./support/signing.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

/** What a stranger types in a form about somebody: their name, and an address that is not the stranger's own. */

const to = paths("nl");
const victim = "slachtoffer@voorbeeld.nl";

type PublicForm = { path: string; fields: Record<string, string>; name: string };

/** Every public form that causes mail, filled in as it should be, with the name of the field for who fills it in. */
const forms: Record<string, PublicForm> = {
  sign: {
    path: to.sign,
    fields: { ...signFields(), motivation: "Omdat het kan" },
    name: "name",
  },
  subscribe: { path: to.newsletter, fields: { consent: "yes", name: "Sam" }, name: "name" },
  tip: {
    path: to.contact,
    fields: { kind: "idea", text: "Kijk eens.", name: "Sam", organisation: "Ede", place: "Ede", link: "" },
    name: "name",
  },
  join: {
    path: to.joinInitiative("slimmernetwerk"),
    fields: { offer: "Ik luister.", why: "Daarom", available: "Vrijdag", name: "Sam" },
    name: "name",
  },
  propose: {
    path: to.propose,
    fields: {
      ...{ name: "Straatwijs", kind: "initiative", tagline: "Samen.", story: "Het begon.", website: "" },
      ...{ role: "Trekker", proposer: "Sam" },
    },
    name: "proposer",
  },
};
const each = Object.entries(forms);

const send = (app: TestApp, { path }: PublicForm, fields: Record<string, string>) =>
  app.post(path, fields, { headers: elsewhere() });

/** The names of the fields that an answer finds fault with. */
const faulty = (html: string): string[] =>
  [...html.matchAll(/<(?:input|textarea|select)[^>]*aria-invalid="true"[^>]*>/g)].flatMap(
    ([tag]) => /\bname="([^"]+)"/.exec(tag)?.[1] ?? [],
  );

test.each(each)(
  "%s: the mail to an address that nobody has proven holds no words of a stranger that lead elsewhere",
  async (_what, form) => {
    const app = await startTestApp({ env: ownNetworks });
    for (const hostile of [
      "www.evil.example/klik",
      "Win nu op https://evil.example",
      "evil.example",
      "bel@evil.example",
    ]) {
      const chosen = ["kind", "consent", "appearance", "version", "website", "link", "email"];
      const fields = Object.fromEntries(
        Object.entries(form.fields).map(([name, value]) => [
          name,
          chosen.includes(name) || !value ? value : hostile,
        ]),
      );
      let answer = await send(app, form, { ...fields, email: victim });
      // What is refused is mended, as a stranger would, until the form passes.
      for (let tries = 0; answer.status === 422 && tries < 6; tries++) {
        const wrong = faulty(await answer.text());
        expect(wrong.length).toBeGreaterThan(0);
        for (const name of wrong) fields[name] = form.fields[name] ?? "";
        answer = await send(app, form, { ...fields, email: victim });
      }
      expect(answer.status).toBe(303);
      await app.work();
      app.advance(25 * 3_600_000);
      const mails = await app.mailbox(victim);
      expect(mails.length).toBeGreaterThan(0);
      for (const mail of mails) {
        const { subject, text, html } = mail;
        expect(`${subject} ${text} ${html}`).not.toContain("evil.example");
      }
    }
  },
);

const noNames: [string, string][] = [
  ["digits", "12345"],
  ["emoji", "🎉🎉🎉"],
  ["a web address", "www.voorbeeld.nl"],
  ["an address with a dot", "win.nu"],
  ["a mail address", "sam@voorbeeld.nl"],
  ["too much", "a".repeat(101)],
  ["far too much", "a".repeat(60_000)],
];

test.each(each)(
  "%s: what is no name is refused with what to do, and what was typed stays",
  async (_what, form) => {
    const app = await startTestApp({ env: ownNetworks });
    for (const [kind, typed] of noNames) {
      const answer = await send(app, form, { ...form.fields, email: victim, [form.name]: typed });
      const html = await answer.text();
      expect([answer.status, faulty(html)], kind).toEqual([422, [form.name]]);
      if (typed.length < 200) expect(html, "what was typed").toContain(typed);
    }
    await app.work();
    expect(await app.mailbox(victim)).toEqual([]);
  },
);

test.each(each)("%s: nothing hidden in a name or an address gets through", async (_what, form) => {
  const app = await startTestApp({ env: ownNetworks });
  const name = "\u202eSam\u200b de\u2066 Vries\u00a0";
  const email = "\u202aSam de Vries <mailto:Slachtoffer@Voorbeeld.nl>\u202c,";
  expect((await send(app, form, { ...form.fields, email, [form.name]: name })).status).toBe(303);
  const {
    email: kept,
    payload,
    name: keptName,
  } = await app.ctx.db
    .selectFrom("acts")
    .select(["email", "payload", "name"])
    .orderBy("number")
    .executeTakeFirstOrThrow();
  expect(kept).toBe(victim);
  const told = JSON.stringify([payload, keptName]);
  expect(told).toContain("Sam de Vries");
  expect(told).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069]/);
});
