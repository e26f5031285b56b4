import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { sign, signAndConfirm, signFields } from "../../tests/support/signing.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { requestConfirmation } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { findCommand } from "../platform/commands.ts";
import { signatureCommands } from "./commands.ts";
import { forgetNetworks, lookForMilestones } from "./jobs.ts";
import { batchOf, markMilestones, removeBatch, signAct } from "./operations.ts";
import { milestonesUpTo } from "./policy.ts";

const to = paths("nl");
const countOf = async (app: TestApp, table: "signatures" | "people" | "organisations" | "milestones") => {
  const { count } = await app.ctx.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
};

/** Waiting confirmations of so many signers, as the form leaves them; answers with their links. */
async function waiting(app: TestApp, count: number, batch = crypto.randomUUID()): Promise<string[]> {
  for (let n = 1; n <= count; n++) {
    const act = signAct({
      ...{ version: 1, appearance: "name", name: `Tester ${n % 7}`, role: null, place: "Ede" },
      ...{
        organisation: n % 2 === 0 ? "Gemeente Éde" : "gemeente ede",
        motivation: null,
        principles: ["leren"],
      },
      ...{ invitedBy: null, consent: "Met mijn naam", batch },
    });
    await requestConfirmation(app.ctx, {
      ...{ email: `tester-${batch}-${n}@voorbeeld.nl`, name: `Tester ${n}`, language: "nl", acts: [act] },
      ...{ origin: app.origin, siteName: "Proef", formUrl: app.origin + to.manifesto },
    });
  }
  const rows = await app.ctx.db
    .selectFrom("confirmation_acts as l")
    .innerJoin("acts as a", "a.id", "l.act_id")
    .select("l.confirmation_id as id")
    .where("a.email", "like", `tester-${batch}-%`)
    .execute();
  return rows.map(({ id }) => to.confirm(app.ctx.keys.token("confirmation", id)));
}

test("200 people confirm at the same moment, each three times: 200 signatures, each milestone once", {
  timeout: 60_000,
}, async () => {
  const app = await startTestApp();
  const links = await waiting(app, 200);
  const answers = await Promise.all(
    [...links, ...links.toReversed(), ...links].map((link) => app.post(link, {})),
  );
  expect(answers.every((answer) => answer.status === 303)).toBe(true);
  expect(await countOf(app, "signatures")).toBe(200);
  expect(await countOf(app, "people")).toBe(200);
  expect(await countOf(app, "organisations")).toBe(1);
  const principles = await app.ctx.db.selectFrom("signature_principles").select("principle").execute();
  expect(principles).toHaveLength(200);

  const marked = await Promise.all(Array.from({ length: 10 }, () => markMilestones(app.ctx)));
  expect(marked.flat()).toEqual([100]);
  await lookForMilestones.run(app.ctx, {});
  const milestones = await app.ctx.db.selectFrom("milestones").selectAll().execute();
  const hundredth = await app.ctx.db
    .selectFrom("signatures")
    .select("confirmed_at")
    .orderBy("number")
    .offset(99)
    .executeTakeFirstOrThrow();
  expect(milestones).toEqual([{ number: 100, reached_at: hundredth.confirmed_at }]);
  await app.work();
  expect(
    (await app.mailbox()).filter(({ subject }) => subject.startsWith("Je hebt het manifest")),
  ).toHaveLength(200);
});

test("the milestones are 100, 500 and then 1, 2½ and 5 of each power of ten", () => {
  expect(milestonesUpTo(99)).toEqual([]);
  expect(milestonesUpTo(10_000)).toEqual([100, 500, 1000, 2500, 5000, 10_000]);
  expect(milestonesUpTo(1_000_000)).toEqual([
    100, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
  ]);
});

test("a robot's 2,000 forms in a minute send no more mails than the limits allow", {
  timeout: 120_000,
}, async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url, TRUST_PROXY: "1" } });
  const started = performance.now();
  const statuses = new Map<number, number>();
  const post = async (n: number) => {
    // A quarter from one network, a quarter for one address, half from a network and for an address of their own.
    const network = n % 4 === 0 ? "203.0.113.1" : `198.51.${n % 250}.${Math.floor(n / 250)}`;
    const email = n % 4 === 1 ? "slachtoffer@voorbeeld.nl" : `robot-${n}@voorbeeld.nl`;
    const answer = await sign(app, { name: "Robot", email }, { headers: { "x-forwarded-for": network } });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  };
  for (let n = 0; n < 2000; n += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => post(n + k)));
  expect(performance.now() - started).toBeLessThan(60_000);
  await app.work();
  const mails = sink.received.map(({ envelope }) => envelope.to[0]!);
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.length, "two a second from everywhere").toBeLessThanOrEqual(120);
  expect(mails.filter((address) => address === "slachtoffer@voorbeeld.nl").length).toBeLessThanOrEqual(1);
  const fromOne = mails.filter((address) => Number(/robot-(\d+)/.exec(address)?.[1] ?? 1) % 4 === 0);
  expect(fromOne.length, "five of one network").toBeLessThanOrEqual(5);
  expect(statuses.get(429), "after 300 forms of one network").toBe(200);
  expect(await countOf(app, "signatures")).toBe(0);
});

test("one network has one random batch a day, which nobody can lead back to it the day after", async () => {
  const app = await startTestApp({ now: new Date("2026-05-01T10:00:00Z") });
  const batches = await Promise.all(Array.from({ length: 10 }, () => batchOf(app.ctx, "203.0.113.1")));
  expect(new Set(batches).size).toBe(1);
  expect(await batchOf(app.ctx, "203.0.113.2")).not.toBe(batches[0]);
  const stored = await app.ctx.db.selectFrom("signature_batches").selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain("203.0.113");
  app.advance(hours(14.5));
  expect(await batchOf(app.ctx, "203.0.113.1")).not.toBe(batches[0]);
  app.advance(hours(9));
  await forgetNetworks.run(app.ctx, {});
  expect(await app.ctx.db.selectFrom("signature_batches").selectAll().execute()).toHaveLength(1);
});

test("a moderator removes all signatures of one batch, and what only they held", async () => {
  const app = await startTestApp({ env: { TRUST_PROXY: "1" } });
  const from = (network: string) => ({ headers: { "x-forwarded-for": network } });
  await sign(app, signFields({ email: "mens@voorbeeld.nl", name: "Anna Mens" }), from("198.51.100.7"));
  for (let n = 1; n <= 3; n++)
    await sign(
      app,
      { name: `Robot Nep${n}`, email: `nep-${n}@voorbeeld.nl`, place: "Nergens" },
      from("203.0.113.9"),
    );
  await app.work();
  for (const mail of await app.mailbox()) await app.post(linkIn(mail, "/bevestigen/"), {});
  expect(await countOf(app, "signatures")).toBe(4);

  const run = async (line: string) => {
    const found = findCommand(signatureCommands, line.split(" "))!;
    const said: string[] = [];
    await found.command.run(app.ctx, found.args, (text) => said.push(text));
    return said.join("\n");
  };
  const [largest = ""] = (await run("batches")).split("\n");
  expect(largest).toMatch(/^[0-9a-f-]{36} +3 /);
  const batch = largest.slice(0, 36);
  const names = (await run(`batches show ${batch}`)).match(/Robot Nep[123]$/gm);
  expect(names).toHaveLength(3);
  await expect(run(`batches remove ${batch}`)).rejects.toThrow("This batch holds 3 signatures");
  expect(await countOf(app, "signatures")).toBe(4);
  expect(await run(`batches remove ${batch} --yes`)).toBe("Removed 3 signatures.");
  const left = await app.ctx.db.selectFrom("signatures").select("name").execute();
  expect(left).toEqual([{ name: "Anna Mens" }]);
  const words = await app.ctx.db.selectFrom("signature_words").select("word").orderBy("word").execute();
  expect(words.map(({ word }) => word)).toEqual(["anna", "mens"]);
});

test("a milestone that only a removed batch reached is marked no more", async () => {
  const app = await startTestApp();
  const [people, robots] = [crypto.randomUUID(), crypto.randomUUID()];
  const links = [...(await waiting(app, 60, people)), ...(await waiting(app, 60, robots))];
  for (const link of links) await app.post(link, {});
  expect(await markMilestones(app.ctx)).toEqual([100]);
  expect(await removeBatch(app.ctx, robots)).toEqual({ removed: 60 });
  expect(await countOf(app, "milestones")).toBe(0);
  expect(await markMilestones(app.ctx)).toEqual([]);
});

test("removing and signing at the same moment lose no word and no organisation", async () => {
  const app = await startTestApp();
  const batch = crypto.randomUUID();
  const [old, fresh] = [await waiting(app, 20, batch), await waiting(app, 20)];
  for (const link of old) await app.post(link, {});
  await Promise.all([removeBatch(app.ctx, batch), ...fresh.map((link) => app.post(link, {}))]);
  expect(await countOf(app, "signatures")).toBe(20);
  expect(await countOf(app, "organisations")).toBe(1);
  const missing = await app.ctx.db
    .selectFrom("signatures")
    .select("id")
    .where("organisation_id", "is", null)
    .execute();
  expect(missing).toEqual([]);
  const words = await app.ctx.db.selectFrom("signature_words").select("word").execute();
  expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(["tester", "gemeente", "ede"]));
});

test("signing again after removing is a new signature", async () => {
  const app = await startTestApp();
  await signAndConfirm(app);
  await app.ctx.db.deleteFrom("signatures").execute();
  app.advance(hours(2));
  await signAndConfirm(app);
  expect(await countOf(app, "signatures")).toBe(1);
});
