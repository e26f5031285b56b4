import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { TeamOf } from "./policy.ts";
import { movementName } from "./queries.ts";

/** What a team is called: its initiative, or the movement. */
async function teamName(ctx: Ctx, team: TeamOf, language: Language): Promise<string> {
  if (team === null) return movementName(ctx, language);
  const initiative = await ctx.db
    .selectFrom("initiatives")
    .select("name")
    .where("id", "=", team)
    .executeTakeFirst();
  return initiative ? pick(initiative.name, language).text : "";
}

/** An initiative's id when there is one with it. */
export async function findInitiative(ctx: Ctx, id: string): Promise<string | undefined> {
  return (await ctx.db.selectFrom("initiatives").select("id").where("id", "=", id).executeTakeFirst())?.id;
}

/** Who has which role in a team since when, and who is invited. */
export async function getTeam(ctx: Ctx, team: TeamOf, language: Language) {
  const [name, members, invitations] = await Promise.all([
    teamName(ctx, team, language),
    ctx.db
      .selectFrom("roles as r")
      .innerJoin("people as p", "p.id", "r.person_id")
      .leftJoin("people as g", "g.id", "r.given_by")
      .select(["r.id", "r.role", "r.given_at as since", "r.person_id as personId", "p.name", "p.email"])
      .select("g.name as givenBy")
      .where("r.initiative_id", "is not distinct from", team)
      .orderBy("r.given_at")
      .execute(),
    ctx.db
      .selectFrom("invitations as i")
      .leftJoin("people as p", "p.id", "i.invited_by")
      .select([
        "i.id",
        "i.email",
        "i.role",
        "i.made_at as since",
        "i.expires_at as until",
        "p.name as invitedBy",
      ])
      .select(({ exists, selectFrom }) =>
        exists(selectFrom("suppressions as x").select("x.address").whereRef("x.address", "=", "i.email")).as(
          "mayNotArrive",
        ),
      )
      .where("i.initiative_id", "is not distinct from", team)
      .orderBy("i.made_at")
      .execute(),
  ]);
  return { team, name, members, invitations };
}

export type Team = Awaited<ReturnType<typeof getTeam>>;

/** The initiatives that somebody works for, by name. */
export async function listTeams(ctx: Ctx, language: Language) {
  const rows = await ctx.db
    .selectFrom("initiatives as i")
    .innerJoin("roles as r", "r.initiative_id", "i.id")
    .select(["i.id", "i.name"])
    .select(({ fn }) => fn.count<string>("r.id").as("members"))
    .groupBy(["i.id", "i.name"])
    .execute();
  return rows
    .map(({ id, name, members }) => ({ id, name: pick(name, language).text, members: Number(members) }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

export type TeamLink = Awaited<ReturnType<typeof listTeams>>[number];

/** An invitation that can still be accepted, in words for its page and its mail; null once it is over. */
export async function findInvitation(ctx: Ctx, id: string) {
  const row = await ctx.db
    .selectFrom("invitations as i")
    .leftJoin("people as p", "p.id", "i.invited_by")
    .select(["i.id", "i.email", "i.language", "i.role", "i.initiative_id as team", "i.expires_at as until"])
    .select("p.name as invitedBy")
    .where("i.id", "=", id)
    .where("i.expires_at", ">", ctx.now())
    .executeTakeFirst();
  if (!row) return null;
  const [where, siteName] = await Promise.all([
    teamName(ctx, row.team, row.language),
    movementName(ctx, row.language),
  ]);
  return { ...row, where, siteName };
}

export type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;
