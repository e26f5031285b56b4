import { paths } from "../../src/paths.ts";
import { subscribeAndConfirm } from "./acts.ts";
import { elsewhere, ownNetworks, readAs } from "./mine.ts";
import { startTestApp, type TestApp } from "./test-app.ts";

const to = paths("nl");
/** Who visits. */
export const an = "an@voorbeeld.nl";

/** The program, with a subscription of An. */
export async function startWithAn(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({ env: { ...ownNetworks, ...env } });
  await subscribeAndConfirm(app, an);
  return app;
}
/** Whether a cookie opens what is kept of An. */
export const isIn = async (app: TestApp, cookie: string) =>
  (await (await readAs(app, cookie, to.mine)).text()).includes(`gegevens bij ${an}`);
/** Types a code on the page that asks for it, from another network each time. */
export const type = (app: TestApp, page: string, code: string, cookie = "") =>
  app.post(page, { code }, { headers: { ...elsewhere(), ...(cookie && { cookie }) } });
/** Whether a mail's link has had its time. */
export const isOver = async (app: TestApp, link: string) =>
  (await (await app.get(link)).text()).includes("Deze link werkt niet meer");
/** Six digits that are not the code. */
export const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
