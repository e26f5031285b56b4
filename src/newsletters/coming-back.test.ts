import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { suppress } from "../suppressions/operations.ts";
import { isSuppressed } from "../suppressions/queries.ts";

const an = "an@voorbeeld.nl";

/** An app with one subscriber of the movement's newsletter, and the path of her preferences from the welcome. */
async function begin() {
  const app = await startTestApp();
  await subscribeAndConfirm(app, an);
  const welcome = (await app.mailbox(an)).at(-1)!;
  const link = welcome.text.match(/https?:\/\/\S+\/voorkeuren\/\S+/)?.[0] ?? "";
  return { app, path: new URL(link).pathname };
}

test("who got no mail any more says here that they want it again", async () => {
  const { app, path } = await begin();
  await suppress(app.ctx, { address: an, reason: "hard", detail: null, editionId: null });
  expect(await (await app.get(path)).text()).toContain("krijg je geen mail meer die je niet zelf vraagt");
  expect(await isSuppressed(app.ctx, an), "looking lifts nothing").toBe(true);
  await app.post(path, { do: "back" });
  expect(await isSuppressed(app.ctx, an)).toBe(false);
  expect(await (await app.get(`${path}?done=back`)).text()).toContain("We sturen weer mail naar dit adres.");
});

test("who called a mail spam gets nothing by coming back alone, and reads that there is something to choose", async () => {
  const { app, path } = await begin();
  await app.post(path, { do: "end" });
  await suppress(app.ctx, { address: an, reason: "complaint", detail: null, editionId: null });
  const answer = await app.post(path, { do: "back" });
  const page = await (await app.get(answer.headers.get("location") ?? "")).text();
  expect(page).toContain("Kies hieronder wat je weer wilt krijgen.");
  expect(page).toContain("Je krijgt nu geen nieuwsbrieven van ons.");
  expect(page).not.toContain("We sturen weer mail naar dit adres.");
});
