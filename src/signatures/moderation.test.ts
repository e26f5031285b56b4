import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { signAndConfirm } from "../../tests/support/signing.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { findCommand } from "../platform/commands.ts";
import { signatureCommands } from "./commands.ts";

const states = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("signatures").select("motivation_state").orderBy("number").execute()).map(
    (row) => row.motivation_state,
  );
const text = (name: string) => ({
  name,
  email: `${name}@voorbeeld.nl`,
  motivation: `Motivatie van ${name}`,
});

/** Runs a command as the operator types it. */
async function run(app: TestApp, line: string): Promise<string> {
  const found = findCommand(signatureCommands, line.split(" "))!;
  const said: string[] = [];
  await found.command.run(app.ctx, found.args, (text) => said.push(text));
  return said.join("\n");
}

test("a motivation goes to the movement, whose yes counts once", async () => {
  const app = await startTestApp({ env: { MAIL_FROM: "post@beweging.example" } });
  await app.ctx.db.updateTable("movement").set({ contact_email: "redactie@beweging.example" }).execute();
  await signAndConfirm(app, text("anna"));
  const [mail, ...more] = await app.mailbox("redactie@beweging.example");
  expect(more).toEqual([]);
  expect(mail?.text).toContain("Motivatie van anna");
  const link = linkIn(mail!, "/manifest/motivatie/");
  const page = await app.get(link);
  expect(page.headers.get("cache-control")).toBe("no-store");
  const html = await page.text();
  expect(html).toContain("Motivatie van anna");
  expect(html).toContain("Ja, laat zien");
  expect(html).toContain('content="noindex');
  expect(await states(app), "looking decides nothing").toEqual(["waiting"]);

  await app.post(link, {});
  expect(await states(app), "no answer is no yes").toEqual(["waiting"]);
  expect((await app.post(link, { answer: "show" })).status).toBe(303);
  expect(await states(app)).toEqual(["shown"]);
  const after = await (await app.get(link)).text();
  expect(after).toContain("Deze motivatie is te zien");
  expect(after).not.toContain("<form");
  await app.post(link, { answer: "refuse" });
  expect(await states(app), "the link works once").toEqual(["shown"]);
});

test("two moderators at the same moment: one answer counts", async () => {
  const app = await startTestApp();
  await signAndConfirm(app, text("anna"));
  const [mail] = await app.mailbox(app.ctx.config.mail.from);
  const link = linkIn(mail!, "/manifest/motivatie/");
  await Promise.all(["show", "refuse", "show", "refuse"].map((answer) => app.post(link, { answer })));
  const [state] = await states(app);
  await app.post(link, { answer: state === "shown" ? "refuse" : "show" });
  expect(await states(app)).toEqual([state]);
});

test("a link for something else, or of an erased signature, decides nothing", async () => {
  const app = await startTestApp();
  const page = await signAndConfirm(app, text("anna"));
  const [mail] = await app.mailbox(app.ctx.config.mail.from);
  const link = linkIn(mail!, "/manifest/motivatie/");
  const foreign = paths("nl").moderateMotivation(page.split("/").at(-1)!);
  expect((await app.get(foreign)).status).toBe(404);
  await app.post(foreign, { answer: "show" });
  expect(await states(app)).toEqual(["waiting"]);
  await app.ctx.db.deleteFrom("signatures").execute();
  const gone = await app.get(link);
  expect(gone.status).toBe(404);
  expect(await gone.text()).not.toContain("Motivatie van anna");
  await app.post(link, { answer: "show" });
});

test("a signer without a motivation, or who is only counted, costs the moderator nothing", async () => {
  const app = await startTestApp();
  await signAndConfirm(app, { email: "a@voorbeeld.nl" });
  await signAndConfirm(app, { ...text("stil"), appearance: "counted" });
  expect(await app.mailbox(app.ctx.config.mail.from)).toEqual([]);
});

test("from a shell a moderator lists, shows and refuses", async () => {
  const app = await startTestApp();
  expect(await run(app, "motivations")).toBe("No motivation waits.");
  await signAndConfirm(app, text("anna"));
  app.advance(1000);
  await signAndConfirm(app, text("bert"));
  const listed = await run(app, "motivations");
  const ids = [...listed.matchAll(/^([0-9a-f-]{36}) /gm)].map(([, id]) => id!);
  expect(ids).toHaveLength(2);
  expect(listed).toContain("Motivatie van bert");
  expect(await run(app, `motivations show ${ids[0]}`)).toBe("Done: shown.");
  expect(await run(app, `motivations refuse ${ids[1]}`)).toBe("Done: refused.");
  expect(await run(app, `motivations refuse ${ids[0]}`)).toBe("This was decided before: shown.");
  expect(await states(app)).toEqual(["shown", "refused"]);
  await expect(run(app, "motivations show")).rejects.toThrow("Say which motivation");
  await expect(run(app, `motivations show ${crypto.randomUUID()}`)).rejects.toThrow("No such motivation");
});

test("in the workplace a long list of motivations goes on where the page ended", async () => {
  const app = await startTestApp();
  for (let number = 1; number <= 31; number++) {
    await app.given.signature({ name: `Nummer ${number}.`, motivation: "Omdat het kan." });
    app.advance(1000);
  }
  const moderator = await signIn(app, "moderator");
  const first = await (await moderator.get(desk("nl").section("motivations"))).text();
  expect(first).toContain("Nummer 30.");
  expect(first).not.toContain("Nummer 31.");
  const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1] ?? "";
  expect(await (await moderator.get(next)).text()).toContain("Nummer 31.");
  expect(await run(app, "motivations"), "a shell lists all").toContain("Nummer 31.");
});
