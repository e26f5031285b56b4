import sharp from "sharp";
import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { givenTip } from "../../tests/support/work.ts";
import { noteAudit } from "../audit/operations.ts";
import { auditActions } from "../audit/queries.ts";
import { desk } from "../desk-paths.ts";
import { addImage } from "../media/operations.ts";
import { removePerson } from "../people/operations.ts";
import { translator } from "../platform/i18n.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";

const to = desk("nl");

test("the log says who did what, and is filtered by subject, person and day", async () => {
  const app = await startTestApp({ now: new Date("2026-05-01T10:00:00Z") });
  const tip = await givenTip(app);
  const moderator = await signIn(app, "moderator", { name: "Kim Moderator" });
  await moderator.post(to.part("tips", tip.id, "spam"));
  app.advance(days(1));
  const owner = await signIn(app, "owner", { name: "Robin Eigenaar" });
  await owner.post(to.part("tips", tip.id, "done"), { again: "yes" });

  const read = async (query = "") => (await owner.get(to.section("audit") + query)).text();
  const all = await read();
  expect(all).toContain("Kim Moderator");
  expect(all.indexOf("opende een tip weer")).toBeLessThan(all.indexOf("zette een tip bij de spam"));
  expect(await read("?who=kim+mod")).not.toContain("opende een tip weer");
  expect(await read("?from=2026-05-02")).not.toContain("zette een tip bij de spam");
  expect(await read("?until=2026-05-01")).toContain("zette een tip bij de spam");
  expect(await read("?feature=offers")).toContain("Er is niets gevonden");
  expect(await read("?before=x&feature=%27"), "nonsense filters nothing").toContain("Kim Moderator");
});

test("a day that cannot be read stays in its field, with how to write it", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner", { name: "Robin Eigenaar" });
  await owner.post(to.section("team"), { act: "invite", email: "bo@voorbeeld.nl", role: "editor" });
  const wrong = "Deze dag kunnen we niet lezen. Schrijf hem zo: 2026-12-31.";
  for (const day of ["gisteren", "0000-01-01", "2026-02-30", "31-12-2026", "2026-13-01"]) {
    const answer = await owner.get(`${to.section("audit")}?from=${day}&until=9999-12-31`);
    const page = await answer.text();
    expect([answer.status, page], day).toEqual([422, expect.stringContaining(wrong)]);
    expect(page).toContain(`value="${day}"`);
    expect(page, "and filters nothing").toContain("nodigde iemand uit");
  }
  const first = await owner.get(`${to.section("audit")}?from=0001-01-01&until=9999-12-31`);
  expect([first.status, await first.text()]).toEqual([200, expect.not.stringContaining(wrong)]);
});

test("the log leads to what an act was about, as long as it exists and the reader may see it", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const tip = await givenTip(app, { initiativeId: own.id });
  await lead.post(to.part("tips", tip.id, "note"), { note: "Bellen" });
  const read = async () => (await lead.get(to.section("audit"))).text();
  const link = `<a href="${to.one("tips", tip.id)}">de tip</a>`;
  expect(await read()).toContain("schreef een notitie bij een tip");
  expect(await read()).toContain(link);
  const proposal = { proposal: tip.id };
  await noteAudit(app.ctx, {
    ...{ personId: null, action: "proposals.approve", initiativeId: own.id, subject: "Straatwijs" },
    details: proposal,
  });
  expect(await read(), "a proposal is for others to see").not.toContain(to.one("proposals", tip.id));
  await app.ctx.db.deleteFrom("tips").where("id", "=", tip.id).execute();
  expect(await read()).not.toContain(link);
});

test("a lead sees who took the subscribers of the own newsletter along, and whom an edition is for", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Straatwijs" });
  const { id } = await app.ctx.db
    .selectFrom("newsletters")
    .select("id")
    .where("initiative_id", "=", own.id)
    .executeTakeFirstOrThrow();
  const owner = await signIn(app, "owner", { name: "Robin Eigenaar" });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  await (await owner.get(`${to.all("subscribers", "export")}?newsletter=${id}`)).text();
  await owner.post(to.part("newsletters", id, "new"));
  const edition = await app.ctx.db.selectFrom("editions").select("id").executeTakeFirstOrThrow();
  await owner.post(to.part("editions", edition.id, "save"), { language: "nl" });
  const page = await (await lead.get(to.section("audit"))).text();
  expect(page).toContain("Robin Eigenaar");
  expect(page).toContain("downloadde abonnees");
  expect(page).toContain(`<a href="${to.one("newsletters", id)}">Nieuws van Straatwijs</a>`);
  expect(page).toContain("koos voor wie een editie is");
});

test("describing an image is in the log", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  const added = await addImage(app.ctx, {
    ...{ bytes, fileName: "kaart.png", initiativeId: null, personId: owner.personId },
  });
  if (added.kind !== "added") throw new Error(added.kind);
  const said = { meaning: "words", alt_nl: "Een kaart" };
  const sent = await owner.post(to.part("images", added.id, "alt"), said);
  expect(sent.status, await sent.text()).toBe(303);
  const page = await (await owner.get(to.section("audit"))).text();
  expect(page).toContain("beschreef een beeld");
  expect(page).toContain(to.part("images", added.id, "alt"));
});

test("a lead reads what concerns the own initiative only", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const other = await app.given.initiative();
  const details = { tip: "x" };
  await noteAudit(app.ctx, { personId: null, action: "tips.spam", initiativeId: other.id, details });
  await noteAudit(app.ctx, { personId: null, action: "tips.done", initiativeId: own.id, details });
  const page = await (
    await (await signIn(app, "lead", { initiativeId: own.id })).get(to.section("audit"))
  ).text();
  expect(page).toContain("rondde een tip af");
  expect(page).not.toContain("zette een tip bij de spam");
});

test("who is erased is erased from the log; after a year the log itself goes", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const gone = await signIn(app, "moderator", { name: "Weg Gewist", email: "weg@example.org" });
  await noteAudit(app.ctx, { personId: gone.personId, action: "tips.spam", aboutPersonId: gone.personId });
  await removePerson(app.ctx, gone.personId);
  const page = await (await owner.get(to.section("audit"))).text();
  expect(page).toContain("zette een tip bij de spam");
  expect(page).not.toContain("Gewist");
  expect(page).not.toContain("weg@example.org");
  app.advance(days(367));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await app.ctx.db.selectFrom("audit").selectAll().execute()).toEqual([]);
});

test("every act has its words, and every feature its name", () => {
  for (const language of ["nl", "en"] as const) {
    const t = translator(language);
    for (const [feature, verbs] of Object.entries(auditActions)) {
      expect(t(`audit:feature.${feature}`)).not.toBe("");
      for (const verb of verbs) expect(t(`audit:action.${feature}.${verb}`)).not.toBe("");
    }
  }
});
