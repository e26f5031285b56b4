import { expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

const to = paths("nl");
const text = async (app: TestApp, path: string, host?: string) => (await app.get(path, host)).text();

test("an island's home tells its story, shows its people and answers its questions", async () => {
  const app = await startTestApp();
  const html = await text(app, to.island("op-pad-met-de-cxo").home);
  expect(html).toContain("<h1>Op pad met de CXO</h1>");
  expect(html).toMatch(/<details class="fold"><summary>Lees meer<\/summary>/);
  expect(html).toContain("<strong>Suzanne Potjer</strong>");
});
