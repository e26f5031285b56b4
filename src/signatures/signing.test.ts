import { expect, test } from "vitest";
import { allOfIt, linkIn, rejectLinkIn } from "../../tests/support/acts.ts";
import { sign, signAndConfirm, signFields } from "../../tests/support/signing.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { removeSignature } from "./operations.ts";
import { findSignatureOf, getSignersOwn } from "./queries.ts";

const to = paths("nl");
const all = (app: TestApp) => app.ctx.db.selectFrom("signatures").selectAll().orderBy("number").execute();
const words = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("signature_words").select("word").orderBy("word").execute()).map(
    ({ word }) => word,
  );
const personOf = async (app: TestApp, email: string) =>
  (await app.ctx.db.selectFrom("people").select("id").where("email", "=", email).executeTakeFirstOrThrow())
    .id;

test("a visitor signs without an account, confirms, and is thanked with a link to invite", async () => {
  const app = await startTestApp();
  expect(await (await app.get(to.manifesto)).text()).toContain("Ik onderteken");
  const page = await signAndConfirm(app, {
    role: "Adviseur",
    organisation: "Gemeente Zuid",
    place: "Roosendaal",
    "principle-leren": "yes",
    "principle-delen": "yes",
    motivation: "Omdat het kan.",
  });
  const [row, ...others] = await all(app);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    manifesto_version: 1,
    name: "Sanne de Vries",
    motivation: "Omdat het kan.",
    motivation_state: "waiting",
  });
  expect(await words(app)).toEqual(["adviseur", "de", "gemeente", "roosendaal", "sanne", "vries", "zuid"]);
  const chosen = await app.ctx.db.selectFrom("signature_principles").select("principle").execute();
  expect(chosen.map(({ principle }) => principle).sort()).toEqual(["delen", "leren"]);

  const thanks = await app.get(page);
  expect(thanks.status).toBe(200);
  expect(thanks.headers.get("cache-control")).toBe("no-store");
  const html = await thanks.text();
  expect(html).toContain("<h1>Dank je wel voor je ondertekening</h1>");
  expect(html).toContain('content="noindex');
  expect(html).toContain(`${app.origin}${to.invitation(row!.invite_code)}`);

  const [, thanked] = await app.mailbox("sanne@voorbeeld.nl");
  expect(thanked?.subject).toBe("Je hebt het manifest ondertekend");
  expect(linkIn(thanked!, "/manifest/uitnodiging/")).toBe(to.invitation(row!.invite_code));
  expect(thanked?.text).toContain(app.origin + to.mine);
  const consents = await app.ctx.db.selectFrom("consents").select(["purpose", "text", "form_url"]).execute();
  expect(consents).toEqual([
    { purpose: "signature", text: "Met mijn naam", form_url: app.origin + to.manifesto },
  ]);
});

test("what is wrong is said at the form, below the manifesto, and what was typed stays", async () => {
  const app = await startTestApp();
  const answer = await app.post(to.sign, {
    email: "sanne@",
    name: "",
    "principle-leren": "yes",
    "principle-delen": "yes",
    "principle-uitdagen": "yes",
    "principle-netwerken": "yes",
    motivation: "x".repeat(281),
  });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain("<title>5 foutmeldingen - ");
  const links = [...html.matchAll(/class="nl-link" href="#(sign-[\w-]+)">/g)].map(([, id]) => id!);
  expect(links).toEqual(["sign-name", "sign-email", "sign-appearance", "sign-principles", "sign-motivation"]);
  for (const id of links) expect(html).toContain(`id="${id}"`);
  expect(html).toContain("Haal vinkjes weg tot er drie over zijn");
  expect(html).toContain('value="sanne@"');
  expect(html).toContain("x".repeat(281));
  expect(html.match(/name="principle-[\w-]+" value="yes" checked/g)).toHaveLength(4);
  expect(html).toContain("Iets nieuws begint vaak klein.");
  expect(await app.work()).toBe(0);

  const role = await sign(app, { appearance: "role" });
  expect(role.status).toBe(422);
  expect(await role.text()).toContain("Vul er dan minstens één van in");
});

test("one form holds the signature and the newsletter, one mail confirms both", async () => {
  const app = await startTestApp();
  await sign(app, { newsletter: "yes" });
  await app.work();
  const [mail, ...more] = await app.mailbox("sanne@voorbeeld.nl");
  expect(more).toEqual([]);
  expect(mail?.text).toContain("Het manifest ondertekenen, zichtbaar met je naam");
  expect(mail?.text).toContain("Je aanmelden voor");
  await app.post(linkIn(mail!, "/bevestigen/"), allOfIt);
  expect(await all(app)).toHaveLength(1);
  const subscriptions = await app.ctx.db.selectFrom("subscriptions").selectAll().execute();
  expect(subscriptions).toHaveLength(1);
  const purposes = await app.ctx.db.selectFrom("consents").select("purpose").orderBy("purpose").execute();
  expect(purposes.map(({ purpose }) => purpose)).toEqual([
    `newsletter:${subscriptions[0]?.newsletter_id}`,
    "signature",
  ]);
});

test("the mail can be refused: nothing is signed and nothing kept", async () => {
  const app = await startTestApp();
  await sign(app, { motivation: "Niet van mij" });
  await app.work();
  const [mail] = await app.mailbox("sanne@voorbeeld.nl");
  await app.post(rejectLinkIn(mail!), {});
  await app.post(linkIn(mail!, "/bevestigen/"), {});
  expect(await all(app)).toEqual([]);
  const kept = await app.ctx.db.selectFrom("acts").select(["payload", "email", "name"]).execute();
  expect(kept).toEqual([{ payload: {}, email: null, name: null }]);
});

test("one address signs once: the screen is the same, the mail says so and how to manage it", async () => {
  const app = await startTestApp();
  await signAndConfirm(app);
  app.advance(hours(2));
  const again = await sign(app, { name: "Iemand Anders", email: "SANNE@voorbeeld.nl" });
  expect(again.headers.get("location")).toBe(to.checkMail);
  await app.work();
  const mail = (await app.mailbox("sanne@voorbeeld.nl")).at(-1);
  expect(mail?.text).toContain("Je hebt het manifest al ondertekend");
  expect(mail?.text).toContain(app.origin + to.mine);
  expect(mail?.text).not.toContain("/bevestigen/");
  expect((await all(app)).map(({ name }) => name)).toEqual(["Sanne de Vries"]);
});

test("two forms of one address, both confirmed: the first one counts", async () => {
  const app = await startTestApp();
  await sign(app, { place: "Assen" });
  await sign(app, { place: "Breda" });
  await app.work();
  app.advance(hours(1.1));
  const { lookForDueMails } = await import("../confirmations/jobs.ts");
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  const mails = await app.mailbox("sanne@voorbeeld.nl");
  expect(mails).toHaveLength(2);
  const answers = await Promise.all(mails.map((mail) => app.post(linkIn(mail, "/bevestigen/"), allOfIt)));
  for (const answer of answers) expect((await app.get(answer.headers.get("location")!)).status).toBe(200);
  expect(await all(app)).toHaveLength(1);
  expect(await words(app)).toHaveLength(4);
});

test("removing a signature leaves nothing that only it held", async () => {
  const app = await startTestApp();
  await signAndConfirm(app, { name: "Anna Zwaan", organisation: "Alleen Hier", email: "a@voorbeeld.nl" });
  await signAndConfirm(app, { name: "Anna Kraai", email: "b@voorbeeld.nl" });
  const personId = await personOf(app, "a@voorbeeld.nl");
  expect(await removeSignature(app.ctx, personId)).toEqual({ removed: 1 });
  expect(await words(app)).toEqual(["anna", "kraai"]);
  expect(await app.ctx.db.selectFrom("organisations").selectAll().execute()).toEqual([]);
  const consents = await app.ctx.db
    .selectFrom("consents")
    .select("id")
    .where("person_id", "=", personId)
    .execute();
  expect(consents).toEqual([]);
  expect(await removeSignature(app.ctx, personId)).toEqual({ removed: 0 });
});

test("at night nobody who signed is taken for a leftover", async () => {
  const app = await startTestApp();
  await signAndConfirm(app);
  app.advance(days(3000));
  const { removeWhatIsOld } = await import("../retention/jobs.ts");
  await removeWhatIsOld.run(app.ctx, {});
  expect(await all(app)).toHaveLength(1);
});

test("the thank-you page of an erased signature, or of a made-up link, shows nothing", async () => {
  const app = await startTestApp();
  const page = await signAndConfirm(app);
  await removeSignature(app.ctx, await personOf(app, "sanne@voorbeeld.nl"));
  const gone = await app.get(page);
  expect(gone.status).toBe(404);
  expect(await gone.text()).not.toContain("Sanne");
  expect((await app.get(to.signed("onzin"))).status).toBe(404);
});

test("a colleague who comes by an invitation is counted for whoever invited, and only there", async () => {
  const app = await startTestApp();
  const page = await signAndConfirm(app, {
    name: "Kaat Kompas",
    email: "kaat@voorbeeld.nl",
    appearance: "counted",
  });
  const inviter = await findSignatureOf(app.ctx, { email: "kaat@voorbeeld.nl" });
  const invitation = to.invitation(inviter!.invite_code);
  const anonymous = await (await app.get(invitation)).text();
  expect(anonymous).toContain("Een collega nodigt je uit");
  expect(anonymous).not.toContain("Kaat");
  expect(anonymous).toContain('content="noindex');

  await app.post(page, { "shows-name": "yes" });
  const named = await (await app.get(invitation)).text();
  expect(named).toContain("Kaat Kompas nodigt je uit");
  const code = /name="invited-by" value="(\w+)"/.exec(named)![1]!;
  const refused = await sign(app, { email: "", "invited-by": code });
  expect(await refused.text()).toContain(`name="invited-by" value="${code}"`);
  await signAndConfirm(app, { email: "jan@voorbeeld.nl", "invited-by": code });
  expect(await getSignersOwn(app.ctx, inviter!.id)).toMatchObject({ principles: [], invited: 1 });

  await app.post(page, {});
  expect(await (await app.get(invitation)).text()).not.toContain("Kaat");
  const consents = app.ctx.db
    .selectFrom("consents")
    .select("purpose")
    .where("purpose", "like", "%invitation");
  expect(await consents.execute(), "the yes that was taken back is not kept").toEqual([]);
  const unknown = await app.get(to.invitation("bestaatniet"));
  expect([unknown.status, unknown.headers.get("location")]).toEqual([302, to.manifesto]);
});

test("a signature belongs to the version that was read", async () => {
  const app = await startTestApp();
  const first = await app.ctx.db.selectFrom("manifestos").selectAll().executeTakeFirstOrThrow();
  const json = (value: unknown) => JSON.stringify(value);
  await app.ctx.db
    .insertInto("manifestos")
    .values({
      ...first,
      version: 2,
      title: json({ nl: "Ons tweede manifest" }),
      mission: json(first.mission),
      observations_heading: json(first.observations_heading),
      observations: json(first.observations),
      principles_heading: json(first.principles_heading),
      principles: json(first.principles),
      conclusion: json(first.conclusion),
    })
    .execute();
  await signAndConfirm(app, signFields({ version: "1", email: "a@voorbeeld.nl" }));
  await signAndConfirm(app, signFields({ version: "2", email: "b@voorbeeld.nl" }));
  await signAndConfirm(app, signFields({ version: "77", email: "c@voorbeeld.nl" }));
  expect((await all(app)).map(({ manifesto_version }) => manifesto_version)).toEqual([1, 2, 2]);
});

test("in English the form, the mails and the pages are English", async () => {
  const app = await startTestApp();
  const english = paths("en");
  const sent = await app.post(english.sign, signFields());
  expect(sent.headers.get("location")).toBe(english.checkMail);
  await app.work();
  const [mail] = await app.mailbox();
  const confirmed = await app.post(linkIn(mail!, "/en/confirm/"), {});
  const page = await (await app.get(confirmed.headers.get("location")!)).text();
  expect(page).toContain("Thank you for signing");
  await app.work();
  expect((await app.mailbox())[1]?.subject).toBe("You have signed the manifesto");
});
