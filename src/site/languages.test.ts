import { expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";

test("without English, an English address leads to the Dutch page of this site, and never to another site", async () => {
  const app = await startTestApp();
  await app.ctx.db
    .updateTable("movement")
    .set({ languages: JSON.stringify(["nl"]) })
    .execute();
  const leadsTo = async (path: string) => {
    const answer = await app.get(path);
    expect(answer.status, path).toBe(302);
    return answer.headers.get("location");
  };
  expect(await leadsTo("/en")).toBe("/");
  expect(await leadsTo("/en/initiatives?page=2")).toBe("/initiatieven?page=2");
  for (const path of [
    "/en//evil.example/a",
    "/en///evil.example",
    "/en/\\evil.example",
    "/en/\\/evil.example",
    "/en/initiatives//evil.example",
    "/en/initiatives/x/updates//evil.example",
  ]) {
    const location = await leadsTo(path);
    expect(new URL(location ?? "", app.origin).origin, `${path} leads to ${location}`).toBe(app.origin);
  }
});
