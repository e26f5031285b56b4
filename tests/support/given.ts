import { sql } from "kysely";
import type { InitiativeKind } from "../../src/initiatives/table.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { searchedText, shownOf } from "../../src/signatures/policy.ts";
import type { Appearance } from "../../src/signatures/table.ts";
import { learnWords, searchVector } from "../../src/signatures/words.ts";

const json = (value: unknown) => JSON.stringify(value);
let counter = 0;

/** Makes what a test needs to be there, with sensible values for what the test does not care about. */
export const given = (ctx: Ctx) => ({
  async initiative(wanted: { slug?: string; name?: string; kind?: InitiativeKind; host?: string } = {}) {
    const slug = wanted.slug ?? `initiative-${++counter}`;
    const name = wanted.name ?? `Initiatief ${slug}`;
    const row = await ctx.db
      .insertInto("initiatives")
      .values({
        slug,
        kind: wanted.kind ?? "initiative",
        name: json({ nl: name }),
        tagline: json({ nl: `De leus van ${name}` }),
        lead: json({ nl: `Waar ${name} om draait.` }),
        story: json({ nl: "" }),
        links: json([]),
        host: wanted.host ?? null,
        created_at: ctx.now(),
      })
      .returning(["id", "slug"])
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto("newsletters")
      .values({
        initiative_id: row.id,
        name: json({ nl: `Nieuws van ${name}` }),
        description: json({ nl: "Nieuws." }),
      })
      .execute();
    return row;
  },

  async update(wanted: {
    initiativeId: string;
    slug?: string;
    title?: string;
    body?: string;
    author?: string;
    /** A path below /media, with what it shows. */
    image?: string;
    imageAlt?: string;
    /** Title and body in English. */
    english?: { title: string; body: string };
    publishedAt?: Date;
  }) {
    const slug = wanted.slug ?? `update-${++counter}`;
    const title = wanted.title ?? `Update ${slug}`;
    const publishedAt = wanted.publishedAt ?? ctx.now();
    return ctx.db
      .insertInto("updates")
      .values({
        initiative_id: wanted.initiativeId,
        slug,
        title: json({ nl: title, en: wanted.english?.title }),
        summary: json({ nl: `Samenvatting van ${title}` }),
        body: json({ nl: wanted.body ?? `Tekst van ${title}.`, en: wanted.english?.body }),
        author: wanted.author ?? null,
        image: wanted.image ?? null,
        image_alt: wanted.imageAlt ? json({ nl: wanted.imageAlt }) : null,
        published_at: publishedAt,
        changed_at: publishedAt,
      })
      .returning(["id", "slug"])
      .executeTakeFirstOrThrow();
  },

  async portrait(wanted: { initiativeId: string; name: string }) {
    await ctx.db
      .insertInto("portraits")
      .values({
        initiative_id: wanted.initiativeId,
        name: wanted.name,
        role: json({ nl: "Verkenner" }),
        position: 0,
      })
      .execute();
  },

  /** Many updates at once, an hour apart: "nummer-1" is the newest. */
  async manyUpdates(wanted: { initiativeId: string; count: number }) {
    await sql`
      insert into updates (initiative_id, slug, title, summary, body, published_at, changed_at)
      select ${wanted.initiativeId}::uuid, 'nummer-' || n, jsonb_build_object('nl', 'Nummer ' || n),
        jsonb_build_object('nl', 'Samenvatting ' || n), jsonb_build_object('nl', 'Tekst ' || n),
        ${ctx.now()}::timestamptz - n * interval '1 hour', ${ctx.now()}::timestamptz - n * interval '1 hour'
      from generate_series(1, ${wanted.count}::integer) as n`.execute(ctx.db);
  },

  /** An offer that a team answered after so many days. */
  async answeredOffer(wanted: { initiativeId: string; days: number }) {
    const answered_at = ctx.now();
    const { id } = await ctx.db
      .insertInto("people")
      .values({ email: `persoon-${++counter}@voorbeeld.nl`, language: "nl", confirmed_at: answered_at })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto("participations")
      .values({
        initiative_id: wanted.initiativeId,
        person_id: id,
        name: "Sam",
        offer: "Ik help graag.",
        offered_at: new Date(answered_at.getTime() - wanted.days * 86_400_000),
        answer: "accepted",
        answered_at,
      })
      .execute();
  },

  /** A confirmed signature, as signing leaves it, without the mails and the proof of consent. */
  async signature(
    wanted: {
      name?: string;
      email?: string;
      role?: string;
      organisation?: string;
      place?: string;
      appearance?: Appearance;
      principles?: string[];
      motivation?: string;
      motivationState?: "waiting" | "shown" | "refused";
    } = {},
  ) {
    const name = wanted.name ?? `Ondertekenaar ${++counter}`;
    const appearance = wanted.appearance ?? "name";
    const { role = null, organisation = null, place = null, motivation = null } = wanted;
    const person = await ctx.db
      .insertInto("people")
      .values({
        email: wanted.email ?? `ondertekenaar-${++counter}@example.org`,
        name,
        language: "nl",
        confirmed_at: ctx.now(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const { id: organisation_id } = organisation
      ? await ctx.db
          .insertInto("organisations")
          .values({ name: organisation })
          .onConflict((conflict) => conflict.column("plain_name").doUpdateSet({ name: organisation }))
          .returning("id")
          .executeTakeFirstOrThrow()
      : { id: null };
    const row = await ctx.db
      .insertInto("signatures")
      .values({
        person_id: person.id,
        manifesto_version: 1,
        ...{ appearance, name, role, place, organisation_id, motivation },
        motivation_state: motivation === null ? null : (wanted.motivationState ?? "waiting"),
        search: searchVector(searchedText(shownOf({ appearance, name, role, organisation, place }))),
        signed_at: ctx.now(),
        confirmed_at: ctx.now(),
        invite_code: `test-${++counter}`,
        batch: crypto.randomUUID(),
      })
      .returning(["id", "number"])
      .executeTakeFirstOrThrow();
    for (const principle of wanted.principles ?? [])
      await ctx.db.insertInto("signature_principles").values({ signature_id: row.id, principle }).execute();
    await learnWords(ctx, row.id);
    return { ...row, personId: person.id };
  },

  /** Many signatures at once: "Nummer 1", the oldest, and on; the last is the newest. */
  async manySignatures(wanted: { count: number; organisation?: string }) {
    const organisation = wanted.organisation ?? "Gemeente Nummer";
    await sql`
      with org as (insert into organisations (name) values (${organisation})
        on conflict (plain_name) do update set name = excluded.name returning id),
      signers as (insert into people (email, language, confirmed_at)
        select 'nummer-' || n || '@example.org', 'nl', ${ctx.now()} from generate_series(1, ${wanted.count}::integer) as n
        returning id, email)
      insert into signatures (person_id, manifesto_version, appearance, name, organisation_id, search, signed_at,
        confirmed_at, invite_code, batch)
      select signers.id, 1, 'name', 'Nummer ' || n, org.id,
        ${searchVector(sql`concat_ws(' ', 'Nummer', n, ${organisation}::text)`)},
        ${ctx.now()}::timestamptz, ${ctx.now()}::timestamptz, 'many-' || n, gen_random_uuid()
      from org, generate_series(1, ${wanted.count}::integer) as n
        join signers on signers.email = 'nummer-' || n || '@example.org'
      order by n`.execute(ctx.db);
    await sql`insert into signature_words select distinct unnest(tsvector_to_array(search)) from signatures
      on conflict do nothing`.execute(ctx.db);
  },
});
