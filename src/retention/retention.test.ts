import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { signIn, workHere } from "../../tests/support/desk.ts";
import { busy, doEverything, ownNetworks } from "../../tests/support/mine.ts";
import { leaveTraces } from "../../tests/support/mine-work.ts";
import { letMailComeBack } from "../../tests/support/returned.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { makeChallenge } from "../accounts/challenges.ts";
import { accountJobs } from "../accounts/jobs.ts";
import { deliveryJobs } from "../deliveries/jobs.ts";
import { importJobs } from "../imports/jobs.ts";
import { mineJobs } from "../mine/jobs.ts";
import type { JobDefinition } from "../platform/jobs.ts";
import { removeSignature } from "../signatures/operations.ts";
import { removeWhatIsOld } from "./jobs.ts";

test("offers stay two years after their answer, tips and ended subscriptions two years, and a signature stays", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await doEverything(app);
  const { db } = app.ctx;
  const kept = async () => {
    await removeWhatIsOld.run(app.ctx, {});
    const [offers, tips, ended, purposes, people] = await Promise.all([
      db.selectFrom("participations").select("id").execute(),
      db.selectFrom("tips").select("id").execute(),
      db.selectFrom("subscriptions").select("id").where("ended_at", "is not", null).execute(),
      db.selectFrom("consents").select("purpose").where("purpose", "like", "newsletter:%").execute(),
      db.selectFrom("people").select("id").execute(),
    ]);
    return [offers, tips, ended, purposes, people].map((rows) => rows.length);
  };
  expect(await kept()).toEqual([2, 1, 1, 2, 3]);
  app.advance(days(365 + 364));
  expect(await kept()).toEqual([2, 1, 1, 2, 3]);
  app.advance(days(4));
  expect(await kept(), "the consent of what is still wanted stays").toEqual([0, 0, 0, 1, 3]);
});

test("a withdrawn offer stays two years after that, and a person goes with the last that is left", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await doEverything(app);
  const { db } = app.ctx;
  app.advance(days(700));
  await db
    .updateTable("participations")
    .set({ withdrawn_at: app.ctx.now() })
    .where("answer", "is", null)
    .execute();
  app.advance(days(60));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await db.selectFrom("participations").select("answer").execute()).toEqual([{ answer: null }]);

  const { id } = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", busy.email)
    .executeTakeFirstOrThrow();
  await removeSignature(app.ctx, id);
  await db.deleteFrom("subscriptions").where("person_id", "=", id).execute();
  await removeWhatIsOld.run(app.ctx, {});
  expect(await db.selectFrom("people").selectAll().where("id", "=", id).execute()).toHaveLength(1);
  app.advance(days(700));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await db.selectFrom("people").selectAll().where("id", "=", id).execute()).toEqual([]);
  expect(await db.selectFrom("profiles").selectAll().execute(), "with what hangs on the person").toEqual([]);
});

test("the consent of a subscription stays as long as the subscription", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  await removeWhatIsOld.run(app.ctx, {});
  expect(await app.ctx.db.selectFrom("consents").selectAll().execute()).toHaveLength(1);
});

test("who has a role, or is invited to one, stays; and goes once that is over", async () => {
  const app = await startTestApp({ starter: "none" });
  const { db } = app.ctx;
  const editor = await signIn(app, "editor");
  const invited = await signIn(app, null, { email: "gast@voorbeeld.nl" });
  const { made_at, expires_at } = { made_at: app.ctx.now(), expires_at: app.ctx.now() };
  await db
    .insertInto("invitations")
    .values({
      ...{ email: invited.email, language: "nl", role: "editor", initiative_id: null, invited_by: null },
      ...{ made_at, expires_at },
    })
    .execute();
  const kept = async () => {
    await removeWhatIsOld.run(app.ctx, {});
    return (await db.selectFrom("people").select("id").execute()).map(({ id }) => id).sort();
  };
  expect(await kept()).toEqual([editor.personId, invited.personId].sort());
  await db.deleteFrom("invitations").execute();
  expect(await kept()).toEqual([editor.personId]);
  await db.deleteFrom("roles").execute();
  expect(await kept()).toEqual([]);
});

const sanne = { name: busy.name, place: "Sterrenwijk" };

/** Every job that forgets something, as if its hour had come. */
async function forgetAll(app: TestApp): Promise<void> {
  const names = ["mine.forget-visits", "accounts.forget", "imports.forget", "deliveries.forget"];
  const jobs: JobDefinition[] = [...mineJobs, ...accountJobs, ...importJobs, ...deliveryJobs];
  const found = jobs.filter(({ name }) => names.includes(name));
  expect(found).toHaveLength(names.length);
  for (const { run } of [...found, removeWhatIsOld]) await run(app.ctx, {});
}

/** How many rows there are, by table. */
const rowsIn = (app: TestApp, ...tables: string[]) =>
  Promise.all(
    tables.map(async (table) => {
      const query = app.ctx.db
        .selectFrom(table as "tips")
        .select(({ fn }) => fn.countAll<number>().as("rows"));
      return (await query.executeTakeFirstOrThrow()).rows;
    }),
  );

test("each kind goes in its time, and not before", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await doEverything(app);
  const { personId, text } = await leaveTraces(app, busy.email, sanne);
  await letMailComeBack(app, busy.email);
  await app.ctx.db.updateTable("editions").set({ state: "stopped", started_at: app.ctx.now() }).execute();
  await makeChallenge(app.ctx, null);
  const began = app.ctx.now().getTime();
  const after = async (time: number, ...tables: string[]) => {
    app.advance(began + time - app.ctx.now().getTime());
    await forgetAll(app);
    return rowsIn(app, ...tables);
  };

  expect(await after(hours(0.05), "passkey_challenges", "sessions", "import_rows")).toEqual([1, 1, 2]);
  expect(await after(hours(1), "passkey_challenges", "sessions", "import_rows")).toEqual([0, 1, 2]);
  expect(await after(days(6), "import_rows", "sessions")).toEqual([2, 1]);
  expect(await after(days(8), "import_rows", "imports", "sessions")).toEqual([0, 1, 1]);
  expect(await after(days(15), "sessions", "invitations", "inbound_mails")).toEqual([0, 0, 1]);
  const [kept] = await rowsIn(app, "mailbox");
  expect(kept).toBeGreaterThan(5);
  expect(await after(days(31), "inbound_mails", "mailbox", "suppressions")).toEqual([0, 0, 1]);
  const [acts] = await rowsIn(app, "audit");
  expect(acts).toBeGreaterThan(0);
  expect(await after(days(364), "deliveries", "audit")).toEqual([1, acts]);
  expect(await after(days(367), "deliveries", "audit")).toEqual([0, 0]);
  expect(await rowsIn(app, "delivery_tallies"), "the sums stay").not.toEqual([0]);
  expect(await after(days(725), "tips", "tip_messages", "proposals", "imports")).toEqual([2, 3, 1, 1]);
  expect(await after(days(732), "tips", "tip_messages", "proposals", "imports")).toEqual([0, 0, 0, 0]);

  // What is left of the editor goes with the role; the text stays, and says of nobody who wrote it.
  const { db } = app.ctx;
  expect(await rowsIn(app, "passkeys", "oidc_identities", "suppressions")).toEqual([1, 1, 1]);
  await db.deleteFrom("roles").execute();
  await after(days(733));
  expect(await rowsIn(app, "passkeys", "oidc_identities")).toEqual([0, 0]);
  expect(await db.selectFrom("people").select("id").where("id", "=", personId).execute()).toHaveLength(1);
  await db.deleteFrom("subscriptions").where("person_id", "=", personId).execute();
  await removeSignature(app.ctx, personId);
  await after(days(734));
  expect(await db.selectFrom("people").select("id").where("id", "=", personId).execute()).toEqual([]);
  const document = await db
    .selectFrom("documents")
    .selectAll()
    .where("id", "=", text)
    .executeTakeFirstOrThrow();
  expect(document.saves).toEqual([expect.objectContaining({ by: null })]);
  expect(document).toMatchObject({ changed_by: null, publish_by: null });
  // A hash that would stay two years from when it began has nothing left to stay for.
  expect(await rowsIn(app, "suppressions", "erased_suppressions")).toEqual([0, 0]);
});

test("the way in of who is invited anew stays, and a file stays as long as a consent comes from it", async () => {
  const app = await startTestApp({ starter: "none" });
  const { db } = app.ctx;
  const editor = await signIn(app, "editor", { email: "an@voorbeeld.nl" });
  await workHere(app, editor.email);
  await db.deleteFrom("roles").execute();
  const made_at = app.ctx.now();
  const invitation = { email: editor.email, language: "nl", role: "editor", initiative_id: null } as const;
  await db
    .insertInto("invitations")
    .values({ ...invitation, invited_by: null, made_at, expires_at: made_at })
    .execute();
  const file = {
    ...{ kind: "subscribers" as const, newsletter_id: null, initiative_id: null, made_by: null, made_at },
    ...{ file_name: "lijst.csv", encoding: "utf-8", delimiter: ",", header: "[]", columns: null },
    ...{
      statement: "Zelf aangemeld.",
      statement_day: "2026-01-31",
      statement_by: "Jo",
      state: "done" as const,
    },
    ...{ rows: 1, worked_at: null, finished_at: null, cleared_at: made_at, counts: "{}" },
  };
  const [proof] = await db.insertInto("imports").values([file, file]).returning("id").execute();
  await db
    .insertInto("consents")
    .values({
      ...{ person_id: editor.personId, purpose: "signature", text: "Zelf aangemeld.", text_version: "1" },
      ...{ form_url: `import:${proof!.id}`, given_at: made_at, confirmed_at: made_at },
    })
    .execute();
  app.advance(days(740));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await rowsIn(app, "passkeys", "oidc_identities")).toEqual([1, 1]);
  expect(await db.selectFrom("imports").select("id").execute()).toEqual([proof]);
});
