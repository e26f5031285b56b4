import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { givenTip } from "../../tests/support/work.ts";
import { noteAudit } from "../audit/operations.ts";
import { auditActions } from "../audit/queries.ts";
import { desk } from "../desk-paths.ts";
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
  expect(await read("?from=gisteren&before=x&feature=%27"), "nonsense filters nothing").toContain(
    "Kim Moderator",
  );
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
