import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { edition, newsletterOf, subscribers, until } from "../../tests/support/sending.ts";
import { hours, minutes, startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { faultOf } from "./fault.ts";
import { startSendingLoop } from "./loop.ts";

const nothingToDo = "Je hoeft niets te doen";

/** An edition on its way over a mail server, and how its page reads. */
async function givenServer(url: string) {
  const app = await startTestApp({ env: { SMTP_URL: url } });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 3);
  const id = await edition(app.ctx.db, { newsletterId });
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  const owner = await signIn(app, "owner");
  const shown = async (path: string) =>
    (await (await owner.get(path)).text()).replace(/<p[^>]*\shidden(="[^"]*")?[^>]*>[\s\S]*?<\/p>/g, "");
  return { app, page: () => shown(desk("nl").one("editions", id)), home: () => shown(desk("nl").home) };
}

test("a mail server whose name does not exist: at once the page says whom to ask, with the code", async () => {
  const { page, home } = await givenServer("smtp://mail.bestaat-niet.invalid:2525");
  await until("The words", async () => (await page()).includes("Vraag het aan de beheerder."));
  expect(await page()).toMatch(/Het lukt niet om de mail aan de mailserver te geven \((EDNS|ENOTFOUND)\)/);
  expect(await page()).not.toContain(nothingToDo);
  expect(await home()).toContain("Het lukt niet om nieuwsbrieven te versturen");
});

test("a connection that is refused passes as a rule: after an hour it is said", async () => {
  const { app, page, home } = await givenServer("smtp://127.0.0.1:4149");
  await until("The hold", async () => (await page()).includes(nothingToDo));
  expect(await home()).not.toContain("Het lukt niet om nieuwsbrieven te versturen");
  app.advance(hours(1) + minutes(1));
  expect(await page()).toContain("Het lukt niet om de mail aan de mailserver te geven (ECONNREFUSED)");
  expect(await page()).not.toContain(nothingToDo);
  expect(await home()).toContain("de mailserver geeft ECONNREFUSED");
});

test.each([
  ["CERT_HAS_EXPIRED", "unreachable"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "unreachable"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "unreachable"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unreachable"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "unreachable"],
  ["ENOTFOUND", "unreachable"],
  ["535 5.7.8", "refused"],
])("%s is told at once", (code, kind) => {
  const now = new Date();
  expect(faultOf(code, now, now)).toEqual({ kind, code });
});

test.each(["ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "421"])("%s is told after an hour", (code) => {
  const now = new Date();
  expect(faultOf(code, now, now)).toBeNull();
  expect(faultOf(code, new Date(now.getTime() - hours(1)), now)).toEqual({ kind: "unreachable", code });
});
