import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { busy, doEverything, ownNetworks } from "../../tests/support/mine.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
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
