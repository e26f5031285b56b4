import { type CompiledQuery, Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import type { Tables } from "../../src/database.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { getWallPage } from "../../src/signatures/wall-queries.ts";
import { ms, percentile, table } from "./figures.ts";

/** What visitors type, by what makes it hard. */
const searches: Record<string, string[]> = {
  "common word": ["gemeente", "amsterdam", "jan", "adviseur", "van", "utrecht", "stichting", "de"],
  "rare word": ["zwaaghoekstra", "berghaveneveld", "polweideink", "eemterpsma", "woudzijlinga"],
  "two common words": [
    "gemeente amsterdam",
    "jan de",
    "gemeente adviseur",
    "anna utrecht",
    "stichting amsterdam",
  ],
  "common words that never meet": [
    "provincie stichting",
    "museum rechtbank",
    "griffier raadslid",
    "piet maria",
  ],
  "common and rare": ["jan zwaaghoekstra", "gemeente berghaveneveld", "anna polweideink", "de eemterpsma"],
  "whole name": [
    "hylke kloosterman",
    "jan willem de vries",
    "fatima el amrani",
    "sanne van den berg",
    "bram bakker",
  ],
  accents: ["çiğdem öztürk", "cigdem ozturk", "súdwest-fryslân", "zoë", "d’hondt", "nunez"],
  "beginning of a word": ["ams", "gem", "kloos", "gemeente am", "jan van de b", "zwaag"],
  "typing error": [
    "amsterdm",
    "gemente",
    "jansne",
    "jna",
    "kloostermann",
    "utrcht adviseur",
    "zwaaghoekstar",
  ],
  "nothing like it": ["zzzzqq", "gemeente xqxqxq", "qwertyuiop asdf"],
};

/** Searches over HTTP, one at a time and in a changing order, so that what counts is how long one waits. */
export async function measureSearches(origin: string, client: pg.Client, rounds: number): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "select name from signatures tablesample system (0.01) where appearance = 'name' limit 40",
  );
  const kinds: [string, string[]][] = [
    ...Object.entries(searches),
    ["names of signers, at random", rows.map(({ name }) => name)],
  ];
  const times = new Map<string, number[]>(kinds.map(([kind]) => [kind, []]));
  const all = kinds.flatMap(([kind, list]) => list.map((search) => ({ kind, search })));
  for (let round = 0; round <= rounds; round++)
    for (const { kind, search } of all.toSorted(() => Math.random() - 0.5)) {
      const begun = performance.now();
      const answer = await fetch(`${origin}/manifest/ondertekenaars?q=${encodeURIComponent(search)}`);
      await answer.text();
      if (answer.status !== 200) throw new Error(`"${search}" answered ${answer.status}`);
      if (round > 0) times.get(kind)?.push(performance.now() - begun); // the first round warms up
    }
  const row = (kind: string, list: number[]) => [
    kind,
    String(list.length),
    ms(percentile(list, 0.5)),
    ms(percentile(list, 0.95)),
    ms(Math.max(...list)),
  ];
  const each = [...times].map(([kind, list]) => row(kind, list));
  return table(
    ["search", "times", "p50", "p95", "longest"],
    [...each, row("**all**", [...times.values()].flat())],
  );
}

const explained = ["gemeente", "gemeente amsterdam", "provincie stichting", "hylke kloosterman", "amsterdm"];

/** The plans of what a search asks of PostgreSQL, with their times, as the program itself asks it. */
export async function explainSearches(pool: pg.Pool): Promise<string> {
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push(query),
  });
  const jobs = { within: () => jobs } as unknown as Ctx["jobs"];
  const ctx = { db, jobs } as Ctx;
  const parts: string[] = [];
  for (const search of explained) {
    asked.length = 0;
    await getWallPage(ctx, { search, principle: null, before: null });
    const plans = await explain(pool, [...asked]);
    parts.push(`### ${search}\n\n${plans.map((plan) => `\`\`\`\n${plan}\n\`\`\``).join("\n\n")}`);
  }
  return parts.join("\n\n");
}

async function explain(pool: pg.Pool, queries: CompiledQuery[]): Promise<string[]> {
  const client = await pool.connect();
  const plans: string[] = [];
  try {
    for (const { sql, parameters } of queries) {
      const settings = sql.includes("set_config");
      if (!/^\s*(select|with)/i.test(sql) || settings) {
        await client.query(sql, [...parameters]); // begin, settings, commit
        continue;
      }
      const { rows } = await client.query(
        `explain (analyze, costs off, timing off, buffers off, summary on) ${sql}`,
        [...parameters],
      );
      plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
    }
  } finally {
    client.release();
  }
  return plans;
}
