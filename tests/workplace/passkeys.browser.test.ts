import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { useBrowser } from "../browser/support.ts";
import { signIn } from "../support/desk.ts";
import { ownNetworks } from "../support/mine.ts";
import {
  askSignInCode,
  own,
  sessionIn,
  signInMailTo,
  typeCode,
  worker,
  works,
} from "../support/signing-in.ts";
import { minutes, startTestApp, type TestApp } from "../support/test-app.ts";

const { visitor } = useBrowser();
const to = desk("nl");
const an = "an@voorbeeld.nl";

/** A device's own authenticator, that says yes by itself. `offers`: the browser offers passkeys in the field. */
async function authenticator(page: Page, { offers = false } = {}) {
  if (!offers)
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const verifies = (isUserVerified: boolean) =>
    cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { verifies };
}

async function putCookie(page: Page, app: TestApp, pair: string): Promise<void> {
  const [name = "", value = ""] = pair.split("=");
  await page.context().addCookies([{ name, value, url: app.origin, httpOnly: true, sameSite: "Lax" }]);
}

async function cookieOf(page: Page): Promise<string> {
  const [cookie] = await page.context().cookies();
  return cookie ? `${cookie.name}=${cookie.value}` : "";
}

async function byCode(app: TestApp): Promise<string> {
  const page = await askSignInCode(app, an);
  return sessionIn(await typeCode(app, page, (await signInMailTo(app, an)).code)) ?? "";
}

/** The body of the next form that the page's code sends to a path. */
const sentTo = async (page: Page, path: string) => {
  const request = await page.waitForRequest((one) => new URL(one.url()).pathname === path);
  return Object.fromEntries(new URLSearchParams(request.postData() ?? ""));
};

const start = (env: Record<string, string> = {}) =>
  startTestApp({ starter: "none", env: { ...ownNetworks, ...env } });

/** Adds a passkey on the account page. */
async function addOne(page: Page, name: string) {
  await page.goto(to.section("account"));
  await page.getByLabel("Naam van de passkey").fill(name);
  await page.getByRole("button", { name: "Voeg een passkey toe" }).click();
  await page.getByText("Je passkey is toegevoegd.", { exact: true }).waitFor();
}

test("an owner comes in by code, adds a first passkey, and works; from then on a code alone is not enough", async () => {
  const app = await start({ STRONG_SIGN_IN: "owner" });
  await worker(app, an, "owner");
  const page = await visitor(app);
  await authenticator(page);
  const weak = await byCode(app);
  await putCookie(page, app, weak);
  expect((await app.request(to.section("team"), { headers: { cookie: weak } })).status).toBe(403);
  await page.goto(to.section("account"));
  await page.getByText("Voeg hieronder je eerste passkey toe").waitFor();
  await expect
    .poll(() => page.getByLabel("Nieuw e-mailadres").count(), { message: "a mailbox alone moves nothing" })
    .toBe(0);
  await addOne(page, "Mijn telefoon");
  const strong = await cookieOf(page);
  expect(strong, "a session that may more has another token").not.toBe(weak);
  expect([await works(app, weak), await works(app, strong)]).toEqual([false, true]);
  expect((await app.request(to.section("team"), { headers: { cookie: strong } })).status).toBe(200);
  await page.getByRole("heading", { name: "Mijn telefoon" }).waitFor();

  app.advance(minutes(2));
  const again = await byCode(app);
  const post = (path: string, fields: Record<string, string> = {}) =>
    app.post(path, fields, { headers: own(again) });
  const { id } = await app.ctx.db.selectFrom("passkeys").select("id").executeTakeFirstOrThrow();
  for (const path of [
    to.all("account", "passkeyOptions"),
    to.all("account", "passkey"),
    to.part("account", id, "endPasskey"),
    to.all("account", "email"),
  ])
    expect((await post(path, { email: "evil@voorbeeld.nl" })).status, path).toBe(403);
  await page.context().clearCookies();
  await putCookie(page, app, again);
  await page.goto(to.home);
  await page.getByRole("link", { name: "Een passkey toevoegen" }).click();
  await page.getByRole("link", { name: "Meld je aan met je passkey" }).click();
  await page.getByRole("button", { name: "Aanmelden met een passkey" }).click();
  await page.waitForURL(`${app.origin}${to.section("account")}`);
  await page.getByLabel("Nieuw e-mailadres").waitFor();
  expect(await works(app, again), "the weak session is over").toBe(false);
});

test("an editor signs in with a passkey, goes where they wanted, and removes it", async () => {
  const app = await start();
  const editor = await signIn(app, "editor", { email: an, method: "code" });
  const page = await visitor(app);
  await authenticator(page);
  await putCookie(page, app, editor.headers.cookie);
  await addOne(page, "");
  await page.getByRole("heading", { name: "Chrome, Linux", level: 3 }).first().waitFor();
  await page.context().clearCookies();

  await page.goto(`${to.signIn}?next=${to.section("account")}?x=1`);
  const sent = sentTo(page, to.signInPart("passkey"));
  await page.getByRole("button", { name: "Aanmelden met een passkey" }).click();
  await page.waitForURL(`${app.origin}${to.section("account")}?x=1`);
  await page.getByText("Laatst gebruikt op").first().waitFor();
  const replay = await app.post(to.signInPart("passkey"), await sent, { headers: own() });
  expect([replay.status, sessionIn(replay)], "an answer counts once").toEqual([422, null]);

  const elsewhere = await signIn(app, null, { email: an });
  await page.getByRole("button", { name: /^Verwijder/ }).click();
  await page.getByRole("status").getByText("Die passkey is weg.").waitFor();
  expect(await works(app, elsewhere.headers.cookie)).toBe(false);
  await page.context().clearCookies();
  await page.route(`**${to.signInPart("passkey")}`, async (route) => {
    const answer = await route.fetch();
    expect(answer.status(), "nobody's passkey").toBe(422);
    await route.fulfill({ response: answer, status: 200 }); // a browser complains of 422 in its console
  });
  await page.goto(to.signIn);
  await page.getByRole("button", { name: "Aanmelden met een passkey" }).click();
  await page.getByRole("alert").getByText("Deze passkey kennen we hier niet").waitFor();
});

/** One answer of a passkey, taken before it was sent. */
async function answerOf(page: Page, path: string, press: () => Promise<void>) {
  let taken: Record<string, string> = {};
  await page.route(`**${path}`, async (route) => {
    taken = Object.fromEntries(new URLSearchParams(route.request().postData() ?? ""));
    await route.fulfill({ status: 200, contentType: "application/json", body: "{}" });
  });
  const asked = page.waitForResponse((answer) => new URL(answer.url()).pathname === path);
  await press();
  await asked;
  await page.unroute(`**${path}`);
  return taken;
}

test("the browser offers the passkey in the field of the address", async () => {
  const app = await start();
  const editor = await signIn(app, "editor", { email: an, method: "code" });
  const page = await visitor(app);
  await authenticator(page, { offers: true });
  await putCookie(page, app, editor.headers.cookie);
  await addOne(page, "Telefoon");
  await page.context().clearCookies();
  await page.goto(`${to.signIn}?next=${to.section("account")}`);
  await page.waitForURL(`${app.origin}${to.section("account")}`);
  await page.getByText("Aangemeld met een passkey").first().waitFor();
});

test("a copy, an old or foreign challenge, and a passkey without its person's yes open nothing", async () => {
  const app = await start();
  const editor = await signIn(app, "editor", { email: an, method: "code" });
  const page = await visitor(app);
  const device = await authenticator(page);
  await putCookie(page, app, editor.headers.cookie);
  const add = async () => {
    await page.goto(to.section("account"));
    await page.getByRole("button", { name: "Voeg een passkey toe" }).click();
  };
  const made = await answerOf(page, to.all("account", "passkey"), add);
  const other = await signIn(app, "editor");
  const stolen = await other.post(to.all("account", "passkey"), made);
  expect(stolen.status, "made for another session").toBe(422);
  expect((await editor.post(to.all("account", "passkey"), made)).status, "and now it is used up").toBe(422);
  await add();
  await page.getByText("Je passkey is toegevoegd.", { exact: true }).waitFor();
  await page.context().clearCookies();

  const answer = () =>
    answerOf(page, to.signInPart("passkey"), async () => {
      await page.goto(to.signIn);
      await page.getByRole("button", { name: "Aanmelden met een passkey" }).click();
    });
  const bring = async (fields: Record<string, string>) => {
    const answer = await app.post(to.signInPart("passkey"), fields, { headers: own() });
    return [answer.status, sessionIn(answer) !== null];
  };
  const late = await answer();
  app.advance(minutes(5));
  expect(await bring(late)).toEqual([422, false]);
  const foreign = await app.post(to.signInPart("passkey"), await answer(), {
    headers: { origin: "https://evil.example" },
  });
  expect([foreign.status, sessionIn(foreign)]).toEqual([403, null]);

  const fresh = await answer();
  await app.ctx.db.updateTable("passkeys").set({ counter: 1000 }).execute();
  expect(await bring(fresh), "a counter that fell betrays a copy").toEqual([422, false]);
  await app.ctx.db.updateTable("passkeys").set({ counter: 1 }).execute();
  const tampered = await answer();
  const parsed = JSON.parse(tampered.response!);
  const data = JSON.parse(Buffer.from(parsed.response.clientDataJSON, "base64url").toString());
  data.origin = "https://evil.example";
  parsed.response.clientDataJSON = Buffer.from(JSON.stringify(data)).toString("base64url");
  expect(await bring({ response: JSON.stringify(parsed) })).toEqual([422, false]);
  expect(await bring({ response: "{" })).toEqual([422, false]);
  expect(await bring({})).toEqual([422, false]);

  await device.verifies(false);
  await page.goto(to.signIn);
  await page.getByRole("button", { name: "Aanmelden met een passkey" }).click();
  await page.getByRole("alert").getByText("Het lukte niet met een passkey.").waitFor();
  await device.verifies(true);

  const good = await answer();
  await app.ctx.db.deleteFrom("roles").execute();
  expect(await bring(good), "who has no role any more").toEqual([422, false]);
  const kept = JSON.stringify(await app.ctx.db.selectFrom("passkey_challenges").selectAll().execute());
  expect(kept).not.toContain(data.challenge);
});

test("without JavaScript, or where a browser knows no passkeys, the code stands there alone", async () => {
  const app = await start();
  await worker(app, an, "editor");
  const page = await visitor(app, { javaScriptEnabled: false });
  await page.goto(to.signIn);
  await expect
    .poll(() => page.getByRole("button", { name: "Aanmelden met een passkey" }).isVisible())
    .toBe(false);
  await page.getByLabel("E-mailadres").fill(an);
  await page.getByRole("button", { name: "Stuur mij een code" }).click();
  await page.getByLabel("Code uit de mail").fill((await signInMailTo(app, an)).code);
  await page.getByRole("button", { name: "Aanmelden", exact: true }).click();
  await page.goto(to.section("account"));
  await page.getByText("Je browser kan hier geen passkeys maken.").waitFor();
});
