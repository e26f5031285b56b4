import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { fieldsIn } from "../../tests/support/writing.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("only another text is a new version: not the same one again, nor a second tap on the button", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const path = (await owner.get(to.documentOf("manifesto", "manifesto"))).headers.get("location") ?? "";
  const versions = async () =>
    (await app.ctx.db.selectFrom("manifestos").select("version").orderBy("version").execute()).length;
  const publish = async (changes: Record<string, string> = {}) => {
    const fields = fieldsIn(await (await owner.get(path)).text());
    const taps = [1, 2].map(() => owner.post(`${path}/publiceren`, { ...fields, ...changes }));
    return (await Promise.all(taps)).map(({ headers }) => headers.get("location"));
  };
  const before = await versions();
  expect(await publish()).toEqual([`${path}?done=published`, `${path}?done=published`]);
  expect(await versions(), "the text is the same").toBe(before);
  await publish({ "conclusion.nl": "Doe mee, vandaag nog." });
  expect(await versions()).toBe(before + 1);
  await publish();
  expect(await versions()).toBe(before + 1);
});
