import type { EditionContent, EditionState } from "../../src/editions/table.ts";
import type { Language } from "../../src/platform/i18n.ts";
import { newsletterOf } from "./sending.ts";
import type { TestApp } from "./test-app.ts";

let counter = 0;

type Wanted = {
  /** Of which initiative's newsletter; null: the movement's. */
  island?: string | null;
  slug?: string;
  subject?: string;
  preheader?: string;
  intro?: string;
  closing?: string;
  /** Subject and beginning in English. */
  english?: { subject: string; intro: string };
  /** Ids. */
  updates?: string[];
  state?: EditionState;
  /** When sending began; null: it did not. */
  startedAt?: Date | null;
};

/** An edition as sending leaves it, without the mails. */
export async function givenEdition(app: TestApp, wanted: Wanted = {}) {
  const number = ++counter;
  const subject = wanted.subject ?? `Editie nummer ${number}`;
  const both = (nl = "", en = ""): Record<Language, string> => ({ nl, en });
  const content: EditionContent = {
    subject: both(subject, wanted.english?.subject),
    preheader: both(wanted.preheader),
    intro: both(wanted.intro ?? `Dit is de **tekst** van ${subject}.`, wanted.english?.intro),
    blocks: (wanted.updates ?? []).map((update) => ({ update })),
    closing: both(wanted.closing),
  };
  const startedAt = wanted.startedAt === undefined ? app.ctx.now() : wanted.startedAt;
  const row = await app.ctx.db
    .insertInto("editions")
    .values({
      newsletter_id: await newsletterOf(app.ctx.db, wanted.island ?? null),
      slug: wanted.slug ?? `editie-${number}`,
      title: JSON.stringify(content.subject),
      content: JSON.stringify(content),
      created_at: app.ctx.now(),
      started_at: startedAt,
    })
    .returning(["id", "slug"])
    .executeTakeFirstOrThrow();
  // As in life: what changes the site is that the state changes.
  const state = wanted.state ?? "sent";
  const finished_at = state === "sent" ? startedAt : null;
  await app.ctx.db.updateTable("editions").set({ state, finished_at }).where("id", "=", row.id).execute();
  return { ...row, subject };
}
