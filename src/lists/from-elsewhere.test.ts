import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const sections = ["subscribers", "signatures", "allOffers", "people"] as const;

test("a link on another site downloads no list and leaves nothing in the audit log; a press of the button does", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const noted = async () => {
    const rows = await app.ctx.db.selectFrom("audit").select("action").execute();
    return rows.filter(({ action }) => action.includes(".export"));
  };
  const from = (path: string, headers: Record<string, string>) =>
    app.request(path, { headers: { cookie: owner.headers.cookie, ...headers } });
  for (const section of sections) {
    const path = `${desk("nl").all(section, "export")}?zoek=een`;
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", referer: `${app.origin}/` },
      { referer: "https://elders.example/pagina" },
      { "sec-fetch-site": "same-origin", "sec-fetch-dest": "image" },
    ] as Record<string, string>[]) {
      const answer = await from(path, headers);
      expect([section, answer.status]).toEqual([section, 403]);
      const page = await answer.text();
      expect(page).toContain("Wil je dit downloaden?");
      expect(page).toContain(`href="${path}"`);
    }
    expect(await noted(), section).toEqual([]);
  }
  const path = desk("nl").all("people", "export");
  const own = [
    {},
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { referer: app.origin },
  ];
  for (const headers of own as Record<string, string>[]) {
    const answer = await from(path, headers);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    await answer.text();
  }
  expect((await noted()).length).toBe(2 * own.length);
});
