import { expect, test } from "vitest";
import { busy, doEverything, openMine, ownNetworks, readAs } from "../../tests/support/mine.ts";
import { columnsToPeople, leaveTraces } from "../../tests/support/mine-work.ts";
import { letMailComeBack } from "../../tests/support/returned.ts";
import { signAndConfirm } from "../../tests/support/signing.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { translator } from "../platform/i18n.ts";
import type { Section } from "./facts.ts";
import { toCsv } from "./take-along.ts";

const to = paths("nl");
const start = () => startTestApp({ env: ownNetworks });
const mineOf = async (app: TestApp, cookie: string) =>
  (await (await readAs(app, cookie, to.mine)).text()).replaceAll("&#39;", "'");

/** What of a row says nothing about the person: numbers of rows, hashes, what is derived from the rest. */
const leftOut: Record<string, string[]> = {
  "*": ["id", "person_id", "initiative_id", "newsletter_id"],
  acts: ["number"],
  audit: ["about_person_id"],
  deliveries: ["edition_id", "subscription_id", "claimed_by", "claimed_at"],
  inbound_mails: ["digest", "delivery_id", "raw"], // its text stands in the export
  signatures: ["search", "number", "organisation_id", "invited_by"],
  passkeys: ["public_key", "counter"],
  proposals: ["decided_by"],
  roles: ["given_by"],
  sessions: ["token_hash"],
  tips: ["assigned_to", "document_id"],
  visit_sessions: ["token_hash"],
  visit_codes: ["code_hash"],
};

/** Every single value in a row, as it would be written. */
const valuesIn = (value: unknown): string[] => {
  if (value === null || value === undefined || value === "") return [];
  if (value instanceof Date) return [value.toISOString()];
  if (typeof value === "object") return Object.values(value).flatMap(valuesIn);
  return [String(value)];
};

test("what one takes along holds every value of every table with a person in it", async () => {
  const app = await start();
  await doEverything(app);
  await leaveTraces(app, busy.email, { name: busy.name, place: "Sterrenwijk" });
  const returned = await letMailComeBack(app, busy.email);
  const cookie = await openMine(app, busy.email);
  const { db } = app.ctx;
  const { id } = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", busy.email)
    .executeTakeFirstOrThrow();

  const json = await readAs(app, cookie, to.minePart("json"));
  expect(json.headers.get("content-disposition")).toBe('attachment; filename="mijn-gegevens.json"');
  expect(json.headers.get("cache-control")).toBe("no-store");
  const whole = await json.json();
  const values = new Set(valuesIn(whole));
  const csv = await readAs(app, cookie, to.minePart("csv"));
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
  const bytes = new Uint8Array(await csv.arrayBuffer());
  expect([...bytes.slice(0, 3)], "a spreadsheet program knows UTF-8 by its mark").toEqual([0xef, 0xbb, 0xbf]);
  const table = new TextDecoder().decode(bytes);

  const columns = await db.introspection.getTables();
  const withPerson = columns.filter(
    ({ name, columns }) =>
      name === "people" ||
      name === "visit_codes" ||
      (name !== "erasures" && columns.some((column) => column.name === "person_id")), // of who is gone
  );
  expect(withPerson.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["consents", "participations", "profiles", "signatures", "subscriptions", "tips"]),
  );
  const missing: string[] = [];
  for (const { name } of withPerson) {
    const by = name === "people" ? "id" : name === "visit_codes" ? "email" : "person_id";
    const rows = await db
      .selectFrom(name as "tips")
      .selectAll()
      .where(by as "person_id", "=", name === "visit_codes" ? busy.email : id)
      .execute();
    if (rows.length === 0) missing.push(`${name}: nothing of it in this story`);
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) {
        if ([...leftOut["*"]!, ...(leftOut[name] ?? [])].includes(column)) continue;
        for (const one of valuesIn(value)) if (!values.has(one)) missing.push(`${name}.${column}: ${one}`);
      }
  }
  expect(missing).toEqual([]);
  expect(whole.returned).toEqual([expect.objectContaining({ kind: "failure", text: returned.text })]);
  expect(whole.suppression).toMatchObject({ reason: "hard", detail: "5.1.1" });
  expect(whole.confirmations.some((one: { email: string | null }) => one.email === busy.email)).toBe(true);
  for (const { id: other } of await db.selectFrom("people").select("id").execute())
    expect(JSON.stringify(whole)).not.toContain(other);

  for (const told of [
    ...["Wat je bood", "Ik, Kleurrijk, teken kaarten", "Graag, Sanne!", "Kleurrijk werk", "Steden"],
    ...[
      "Een idee van Kleurrijk dat nog wacht",
      "https://voorbeeld.example/sterrenwijk",
      whole.person.confirmed_at,
    ],
    ...whole.consents.flatMap((one: { text: string; confirmed_at: string }) => [one.text, one.confirmed_at]),
    ...whole.tips.flatMap((one: { sent_at: string }) => [one.sent_at]),
  ])
    expect(table).toContain(told);
  expect(table).toContain(`"'=Omdat Sanne Kleurrijk dit wil"`);
  expect(table).toContain(`"'+In Sterrenwijk\nbeslissen buren samen."`);
  const lines = table.split("\r\n");
  expect(lines[0]).toBe('"Soort";"Welke";"Wat";"Waarde";"Moment (UTC)"');
  expect(lines.at(-1)).toBe("");
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(?:"(?:[^"]|"")*";){4}"(?:[^"]|"")*"$/);
});

/** What somebody did for others, or others for them: where the export tells it, by the column that names them. */
const toldOf: Record<string, (work: Told) => unknown> = {
  "audit.about_person_id": (work) => work.acts,
  "documents.changed_by": (work) => work.texts,
  "documents.publish_by": (work) => work.texts,
  "editions.planned_by": (work) => work.done.plannedEditions,
  "imports.made_by": (work) => work.imports,
  "invitations.invited_by": (work) => work.done.sentInvitations,
  "media.added_by": (work) => work.images,
  "proposal_questions.asked_by": (work) => work.done.askedQuestions,
  "proposals.decided_by": (work) => work.done.decidedProposals,
  "revisions.made_by": (work) => work.texts,
  "roles.given_by": (work) => work.done.givenRoles,
  "tip_messages.made_by": (work) => work.done.tipMessages,
  "tips.assigned_to": (work) => work.done.assignedTips,
};
type Told = Record<"acts" | "texts" | "imports" | "images" | "invitations", object[]> & {
  done: Record<string, number>;
};

test("what one takes along tells of every column that names a person, and what the team wrote about them", async () => {
  const app = await start();
  await doEverything(app);
  await leaveTraces(app, busy.email, { name: busy.name, place: "Sterrenwijk" });
  const cookie = await openMine(app, busy.email);
  const whole = await (await readAs(app, cookie, to.minePart("json"))).json();
  const columns = await columnsToPeople(app);
  const others = columns.filter(({ column }) => column !== "person_id");
  expect(others.map(({ table, column }) => `${table}.${column}`)).toEqual(Object.keys(toldOf));
  for (const [column, told] of Object.entries(toldOf)) {
    const value = told(whole.work);
    expect(Array.isArray(value) ? value.length : value, column).toBeGreaterThan(0);
  }
  expect(whole.work.texts).toEqual([
    expect.objectContaining({ kind: "update", title: "Uit de stad", revisions: 2 }),
    expect.objectContaining({ kind: "update", title: "Sterrenwijk", revisions: 2 }),
  ]);
  expect(whole.work.invitations).toEqual([expect.objectContaining({ role: "editor" })]);
  expect(whole.tips[0].thread.map((one: { kind: string; text: string }) => [one.kind, one.text])).toEqual([
    ["answer", "Dank je voor de tip!"],
    ["note", "Bellen, is enthousiast"],
  ]);

  const page = await mineOf(app, cookie);
  for (const shown of [
    "Antwoord van het team",
    "Dank je voor de tip!",
    "Bellen, is enthousiast",
    "Initiatieven die je voorstelde",
    "Samen door de wijk.",
    "Wie doen er mee?",
    "Acht mensen.",
    "We zeiden nee",
    "Update: Uit de stad",
    "Afbeelding: markt-in-de-wijk",
    "Geüpload bestand: lijst.csv",
    "Uitnodigingen die je stuurde",
  ])
    expect(page).toContain(shown);
  for (const ofOthers of ["Ik pak dit op", "Toos", "nieuw@example.org"])
    expect(page + JSON.stringify(whole)).not.toContain(ofOthers);
});

test("of a long list the page shows the newest, and the files hold all", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An" });
  const { id: person_id } = await app.ctx.db.selectFrom("people").select("id").executeTakeFirstOrThrow();
  const at = (n: number) => new Date(app.ctx.now().getTime() - n * 60_000);
  const tips = Array.from({ length: 32 }, (_, n) => ({
    ...{ initiative_id: null, person_id, kind: "idea" as const, text: `Idee ${n}.`, name: "An" },
    ...{ organisation: null, place: null, link: null, sent_at: at(n), confirmed_at: at(n), mailed_at: null },
  }));
  await app.ctx.db.insertInto("tips").values(tips).execute();
  const cookie = await openMine(app, "an@voorbeeld.nl");
  const page = await mineOf(app, cookie);
  expect(page).toContain("Idee 29.");
  expect(page).not.toContain("Idee 30.");
  expect(page).toContain("Nog 2 regels staan niet op deze pagina");
  expect((await (await readAs(app, cookie, to.minePart("json"))).json()).tips).toHaveLength(32);
  expect(await (await readAs(app, cookie, to.minePart("csv"))).text()).toContain("Idee 31.");
});

test("what somebody else wrote never becomes a formula: behind a quote or a separator neither", () => {
  for (const text of ["=1+1", "@SUM(A1)", '"=1', ";=1", " =1", "＝1"])
    expect(toCsv([sectionWith(text)], translator("nl"))).toContain(`"'${text.replaceAll('"', '""')}"`);
  expect(toCsv([sectionWith('zij zei "hoi"; en ging')], translator("nl"))).toContain(
    '"zij zei ""hoi""; en ging"',
  );
});

const sectionWith = (value: string): Section => ({
  name: "tips",
  items: [{ id: null, title: "Tip", facts: [{ what: "Tekst", value, aside: false }] }],
});
