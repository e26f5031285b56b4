import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { suppress } from "../../src/suppressions/operations.ts";
import { signIn } from "../support/desk.ts";
import { startTestApp } from "../support/test-app.ts";

const to = desk("nl");
const told = "Onze mail komt op dit adres misschien niet aan.";

test("who invites an address that mail does not reach sends it all the same, and reads that; not why", async () => {
  const app = await startTestApp({ starter: "none" });
  const owner = await signIn(app, "owner");
  const invite = (email: string) =>
    owner.post(to.section("team"), { act: "invite", email, role: "moderator" });
  const team = async () => (await owner.get(to.section("team"))).text();
  await invite("bo@voorbeeld.nl");
  expect(await team()).not.toContain(told);
  await suppress(app.ctx, {
    address: "kim@voorbeeld.nl",
    reason: "complaint",
    detail: null,
    editionId: null,
  });
  await invite("Kim@voorbeeld.nl");
  const page = await team();
  expect(page.split(told)).toHaveLength(2);
  expect(page.indexOf(told)).toBeGreaterThan(page.indexOf("kim@voorbeeld.nl"));
  expect(page).not.toContain("ongewenst");
  await app.work();
  expect(await app.mailbox("kim@voorbeeld.nl")).toHaveLength(1);
});
