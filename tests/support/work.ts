import { rememberPerson } from "../../src/people/operations.ts";
import type { TestApp } from "./test-app.ts";

let counter = 0;

/** A tip as confirming leaves it, to an initiative or (null) the movement. */
export async function givenTip(
  app: TestApp,
  wanted: { initiativeId?: string | null; name?: string; text?: string; email?: string } = {},
) {
  const { ctx } = app;
  const name = wanted.name ?? `Tipgever ${++counter}`;
  const email = wanted.email ?? `tipgever-${++counter}@example.org`;
  const personId = await rememberPerson(ctx, { email, name, language: "nl" });
  return ctx.db
    .insertInto("tips")
    .values({
      ...{ initiative_id: wanted.initiativeId ?? null, person_id: personId, kind: "idea", name },
      ...{ text: wanted.text ?? "Een idee.", organisation: null, place: null, link: null },
      ...{ sent_at: ctx.now(), confirmed_at: ctx.now(), mailed_at: ctx.now() },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
}

/** An offer that waits for the team's answer. */
export async function givenOffer(app: TestApp, initiativeId: string, name = "Bo de Boer") {
  const { ctx } = app;
  const email = `aanbod-${++counter}@example.org`;
  const personId = await rememberPerson(ctx, { email, name, language: "nl" });
  const { id } = await ctx.db
    .insertInto("participations")
    .values({
      ...{ initiative_id: initiativeId, person_id: personId, name, offer: "Ik help graag." },
      ...{ offered_at: ctx.now(), mailed_at: ctx.now() },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, email };
}
