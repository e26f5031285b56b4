import { setTimeout as sleep } from "node:timers/promises";
import { ms, percentile, table } from "../manifest/figures.ts";
import { get, load, memory, type Rig, say } from "./rig.ts";

const imported = 100_000;

/** How long a file of 100,000 subscribers takes, and what visitors notice of it. */
export async function measureImport(rig: Rig): Promise<void> {
  const { origin, cookie, client } = rig;
  const run = Date.now().toString(36); // nobody of an earlier run on the same database
  const rows = Array.from({ length: imported }, (_, at) =>
    at % 100 === 0 ? `fout ${at};Naam ${at};active` : `nieuw-${run}-${at}@example.org;Naam ${at};active`,
  );
  const { rows: found } = await client.query<{ id: string }>(
    "select id from newsletters where initiative_id is null",
  );
  const form = new FormData();
  form.append("kind", "subscribers");
  form.append("newsletter", found[0]?.id ?? "");
  form.append("file", new File([["e-mail;naam;status", ...rows].join("\n")], "groot.csv"));
  const post = async (path: string, body?: FormData | URLSearchParams) => {
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const answer = await fetch(origin + path, {
      ...{ method: "POST", headers, redirect: "manual" },
      ...(body && { body }),
    });
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
    return answer.headers.get("location") ?? "";
  };
  const before = memory(rig);
  const steps: string[][] = [];
  const timed = async <Result>(name: string, work: () => Promise<Result>) => {
    const begun = performance.now();
    const result = await work();
    steps.push([name, `${((performance.now() - begun) / 1000).toFixed(1)} s`, load()]);
    return result;
  };
  const until = async (path: string, state: string) => {
    while (JSON.parse(await get(rig, `${path}/voortgang`)).state !== state) await sleep(100);
  };
  const path = await timed("upload, until it is in the database", () => post("/beheer/invoer", form));
  await timed("check", async () => {
    await post(
      `${path}/kolommen`,
      new URLSearchParams({
        ...{ "column-0": "email", "column-1": "name", "column-2": "status", by: "Owner" },
        ...{ statement: "Aangemeld op de vorige site.", day: "1", month: "2", year: "2024" },
      }),
    );
    await until(path, "checked");
  });
  const times: number[] = [];
  await timed("run", async () => {
    await post(`${path}/uitvoeren`);
    let done = false;
    const visit = async () => {
      while (!done) {
        const begun = performance.now();
        await (await fetch(`${origin}/initiatieven?x=${Math.random()}`)).text();
        times.push(performance.now() - begun);
        await sleep(20);
      }
    };
    const visitors = [visit(), visit()];
    await until(path, "done");
    done = true;
    await Promise.all(visitors);
  });
  const { rows: mails } = await client.query<{ count: number }>("select count(*)::int from mailbox");
  const { rows: there } = await client.query<{ count: number }>(
    "select count(*)::int from consents where form_url = $1",
    [`import:${path.split("/").at(-1)}`],
  );
  steps.push(["rows imported", String(there[0]?.count)], ["mails sent", String(mails[0]?.count)]);
  steps.push(["a visitor's page meanwhile, p50", ms(percentile(times, 0.5))]);
  steps.push(["a visitor's page meanwhile, p99", ms(percentile(times, 0.99))]);
  steps.push(["memory before, most", `${before.now.toFixed(0)} MB, ${memory(rig).most.toFixed(0)} MB`]);
  say(table(["import of 100,000 rows", "", "load"], steps));
}
