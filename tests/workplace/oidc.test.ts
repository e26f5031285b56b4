import { expect, test } from "vitest";
import { desk, oidcCallback } from "../../src/desk-paths.ts";
import { elsewhere, ownNetworks } from "../support/mine.ts";
import { type Accounts, providerEnv, startProvider } from "../support/oidc.ts";
import { sessionIn, worker, works } from "../support/signing-in.ts";
import { days, freePort, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const an = { email: "an@voorbeeld.nl", email_verified: true, name: "An Jansen" };

/** A program that knows the provider, with somebody who works there. */
async function start(accounts: Accounts = { an }) {
  const port = await freePort();
  const app = await startTestApp({ starter: "none", env: { ...ownNetworks, ...providerEnv(port) } });
  const provider = await startProvider(app, port, accounts);
  await worker(app, "an@voorbeeld.nl", "editor");
  return { app, provider };
}

const attemptIn = (answer: Response) => {
  const set = answer.headers.getSetCookie().find((one) => one.startsWith("archipel-aanmelden="));
  return set?.split(";")[0] ?? "";
};

/** What is asked of the program by a browser that comes back. */
const comeBack = (app: TestApp, back: URL | string, cookie: string) =>
  app.request(typeof back === "string" ? back : back.pathname + back.search, {
    headers: { cookie, "sec-fetch-site": "cross-site", ...elsewhere() },
  });

async function begin(app: TestApp, next = "") {
  const answer = await app.request(`${to.signInPart("oidc")}?next=${encodeURIComponent(next)}`, {
    headers: elsewhere(),
  });
  return { url: answer.headers.get("location") ?? "", cookie: attemptIn(answer), answer };
}

test("the organisation's account signs in who has a role, by its own login page", async () => {
  const { app, provider } = await start();
  expect(await (await app.get(to.signIn)).text()).toContain("Aanmelden bij Gemeente Zonnewende");
  const { url, cookie, answer } = await begin(app, to.section("account"));
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^archipel-aanmelden=[\w-]{43}\.nl\.[\w-]*; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const asked = new URL(url).searchParams;
  expect([asked.get("code_challenge_method"), asked.get("response_type")]).toEqual(["S256", "code"]);
  const back = await provider.signIn(url, "an");
  expect(back.pathname).toBe(oidcCallback);
  const entered = await comeBack(app, back, cookie);
  expect([entered.status, entered.headers.get("location")]).toEqual([303, to.section("account")]);
  const session = sessionIn(entered);
  const page = await (await app.request(to.section("account"), { headers: { cookie: session! } })).text();
  expect(page).toContain("Aangemeld met het account van je organisatie");
  expect(entered.headers.getSetCookie().join()).toContain("archipel-aanmelden=; Max-Age=0");

  const replayed = await comeBack(app, back, cookie);
  expect([replayed.status, sessionIn(replayed)], "an answer counts once").toEqual([400, null]);

  await app.ctx.db.updateTable("people").set({ email: "nieuw@voorbeeld.nl" }).execute();
  const second = await begin(app);
  const again = await comeBack(app, await provider.signIn(second.url, "an"), second.cookie);
  expect(await works(app, sessionIn(again)), "the account counts, whatever the address became").toBe(true);
});

test("an answer that belongs to another browser, state or nonce opens nothing", async () => {
  const { app, provider } = await start();
  const attacker = await begin(app);
  const back = await provider.signIn(attacker.url, "an");
  const victim = await begin(app);
  for (const cookie of [
    "",
    victim.cookie,
    "archipel-aanmelden=onzin",
    `archipel-aanmelden=${"A".repeat(43)}.nl.`,
  ]) {
    const answer = await comeBack(app, back, cookie);
    expect([answer.status, sessionIn(answer)], cookie).toEqual([400, null]);
    expect(await answer.text()).toContain("hoort niet bij deze browser");
  }
  const third = await begin(app);
  const changed = new URL(third.url);
  changed.searchParams.set("nonce", "another");
  const wrongNonce = await comeBack(app, await provider.signIn(changed.href, "an"), third.cookie);
  expect([wrongNonce.status, sessionIn(wrongNonce)]).toEqual([400, null]);

  const fourth = await begin(app);
  const state = await provider.signIn(fourth.url, "an");
  state.searchParams.set("state", "another");
  expect(sessionIn(await comeBack(app, state, fourth.cookie))).toBeNull();

  const fifth = await begin(app);
  const code = await provider.signIn(fifth.url, "an");
  code.searchParams.set("code", "made-up");
  const madeUp = await comeBack(app, code, fifth.cookie);
  expect([madeUp.status, sessionIn(madeUp)]).toEqual([400, null]);
});

test("an address that nobody vouches for, or that has no role, stays outside", async () => {
  const { app, provider } = await start({
    unverified: { ...an, email_verified: false },
    silent: { email: "an@voorbeeld.nl" },
    nameless: {},
    stranger: { email: "vreemd@voorbeeld.nl", email_verified: true },
  });
  const attempt = async (who: string) => {
    const { url, cookie } = await begin(app);
    const answer = await comeBack(app, await provider.signIn(url, who), cookie);
    return [answer.status, sessionIn(answer), (await answer.text()).match(/class="lead">([^<]{0,40})/)?.[1]];
  };
  const unsure = [403, null, "Je organisatie heeft je e-mailadres niet"];
  for (const who of ["unverified", "silent", "nameless"])
    expect(await attempt(who), who).toEqual([403, null, expect.stringContaining(unsure[2] as string)]);
  expect(await attempt("stranger")).toEqual([
    403,
    null,
    expect.stringContaining("Met het adres van dit account"),
  ]);
  expect(await app.ctx.db.selectFrom("people").select("email").execute()).toHaveLength(1);
});

test("somebody else who got the address later does not get the roles with it", async () => {
  const { app, provider } = await start({ an, later: an });
  const first = await begin(app);
  expect(sessionIn(await comeBack(app, await provider.signIn(first.url, "an"), first.cookie))).not.toBeNull();
  const second = await begin(app);
  const later = await comeBack(app, await provider.signIn(second.url, "later"), second.cookie);
  expect([later.status, sessionIn(later)]).toEqual([403, null]);
  expect(await later.text()).toContain("een ander account van je organisatie");
});

test("an invitation to the address is accepted by signing in, with the name that the organisation gives", async () => {
  const { app, provider } = await start({
    bo: { email: "Bo@voorbeeld.nl", email_verified: true, name: "Bo Visser" },
  });
  const now = app.ctx.now();
  await app.ctx.db
    .insertInto("invitations")
    .values({
      ...{
        email: "bo@voorbeeld.nl",
        language: "nl",
        role: "moderator",
        initiative_id: null,
        invited_by: null,
      },
      ...{ made_at: now, expires_at: new Date(now.getTime() + days(14)) },
    })
    .execute();
  const { url, cookie } = await begin(app);
  const entered = await comeBack(app, await provider.signIn(url, "bo"), cookie);
  expect(await works(app, sessionIn(entered))).toBe(true);
  const person = await app.ctx.db
    .selectFrom("people as p")
    .innerJoin("roles as r", "r.person_id", "p.id")
    .select(["p.name", "r.role"])
    .where("p.email", "=", "bo@voorbeeld.nl")
    .execute();
  expect(person).toEqual([{ name: "Bo Visser", role: "moderator" }]);
});

test("a provider that is down gets a page that says so, and is asked again later", async () => {
  const { app, provider } = await start();
  await provider.stop();
  const { answer } = await begin(app);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("nu niet bereiken");
  expect((await comeBack(app, `${oidcCallback}?code=x&state=y`, "")).status).toBe(400);
});

test("whoever breaks off at the provider can try otherwise", async () => {
  const { app } = await start();
  const { url, cookie } = await begin(app);
  const state = new URL(url).searchParams.get("state");
  const { OIDC_ISSUER } = { OIDC_ISSUER: new URL(url).origin };
  const answer = await comeBack(
    app,
    `${oidcCallback}?error=access_denied&state=${state}&iss=${encodeURIComponent(OIDC_ISSUER)}`,
    cookie,
  );
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("afgebroken")]);
});

test("without a provider there is no button and no address", async () => {
  const app = await startTestApp({ starter: "none" });
  expect((await app.get(to.signInPart("oidc"))).status).toBe(404);
  expect((await app.get(oidcCallback)).status).toBe(404);
  expect(await (await app.get(to.signIn)).text()).not.toContain(to.signInPart("oidc"));
});
