import { setTimeout as sleep } from "node:timers/promises";
import { ms, percentile, table } from "../manifest/figures.ts";
import { get, load, type Rig, say } from "./rig.ts";

const rounds = 20;

async function scans({ client }: Rig): Promise<Map<string, number>> {
  await sleep(1500); // until the counters are there
  const { rows } = await client.query<{ relname: string; seq_tup_read: string }>(
    `select relname, seq_tup_read from pg_stat_user_tables
      where relname in ('people', 'signatures', 'subscriptions', 'consents')`,
  );
  return new Map(rows.map(({ relname, seq_tup_read }) => [relname, Number(seq_tup_read)]));
}

/** How long the pages of the lists take, at the begin, deep inside, narrowed and searched. */
export async function measurePages(rig: Rig): Promise<void> {
  const { client, count } = rig;
  const random = (rows: { at: string; id: string }[]) => rows[Math.floor(Math.random() * rows.length)];
  const placesIn = async (name: string, at: string) =>
    (
      await client.query<{ at: string; id: string }>(
        `select (extract(epoch from ${at}) * 1000000)::bigint::text as at, id from ${name} tablesample system (0.05) limit 200`,
      )
    ).rows;
  const [signatures, subscribers, people] = [
    await placesIn("signatures", "confirmed_at"),
    await placesIn("subscriptions", "since"),
    await placesIn("people", "confirmed_at"),
  ];
  const deep = (rows: { at: string; id: string }[], way: string) => {
    const place = random(rows);
    return `${way}=${place?.at}.${place?.id}`;
  };
  const kinds: [string, () => string][] = [
    ["signatures, first page", () => "/beheer/ondertekeningen"],
    ["signatures, deep, older", () => `/beheer/ondertekeningen?${deep(signatures, "older")}`],
    ["signatures, deep, newer", () => `/beheer/ondertekeningen?${deep(signatures, "newer")}`],
    [
      "signatures, only counted",
      () => `/beheer/ondertekeningen?appearance=counted&${deep(signatures, "older")}`,
    ],
    ["signatures, the last 30 days", () => "/beheer/ondertekeningen?since=30"],
    ["signatures, one organisation", () => "/beheer/ondertekeningen?organisation=gemeente+amsterdam"],
    ["signatures, common name", () => "/beheer/ondertekeningen?q=jan"],
    [
      "signatures, one organisation, counted",
      () => "/beheer/ondertekeningen?organisation=gemeente+amsterdam&appearance=counted",
    ],
    ["signatures, one letter", () => "/beheer/ondertekeningen?q=j"],
    ["signatures, two letters that nobody has", () => "/beheer/ondertekeningen?q=xq"],
    ["signatures, what everybody has", () => "/beheer/ondertekeningen?q=example"],
    ["signatures, rare name", () => "/beheer/ondertekeningen?q=zwaaghoekstra"],
    [
      "signatures, one address",
      () => `/beheer/ondertekeningen?q=signer-${1 + Math.floor(Math.random() * count)}@`,
    ],
    ["signatures, nothing like it", () => "/beheer/ondertekeningen?q=xqzxqz"],
    ["subscribers, first page", () => "/beheer/abonnees"],
    ["subscribers, deep, older", () => `/beheer/abonnees?${deep(subscribers, "older")}`],
    ["subscribers, ended", () => `/beheer/abonnees?state=ended&${deep(subscribers, "older")}`],
    ["subscribers, active", () => `/beheer/abonnees?state=active&${deep(subscribers, "older")}`],
    ["subscribers who get no mail", () => "/beheer/abonnees?state=silent"],
    [
      "subscribers who get no mail, deep",
      () => `/beheer/abonnees?state=silent&${deep(subscribers, "older")}`,
    ],
    ["subscribers, English", () => "/beheer/abonnees?language=en"],
    ["subscribers, rare name", () => "/beheer/abonnees?q=berghaveneveld"],
    ["subscribers, two words", () => "/beheer/abonnees?q=anna+vries"],
    ["people, first page", () => "/beheer/mensen"],
    ["people, deep, older", () => `/beheer/mensen?${deep(people, "older")}`],
    ["people who work here", () => "/beheer/mensen?works=yes"],
    ["people, rare name", () => "/beheer/mensen?q=polweideink"],
  ];
  const lines: string[][] = [];
  let before = await scans(rig);
  for (const [name, path] of kinds) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const begun = performance.now();
      await get(rig, path());
      if (round > 0) times.push(performance.now() - begun); // the first one warms up
    }
    const after = await scans(rig);
    const read = [...after]
      .map(([table, rows]) => ({ table, rows: Math.round((rows - (before.get(table) ?? 0)) / (rounds + 1)) }))
      .filter(({ rows }) => rows > 0);
    before = after;
    lines.push([
      ...[name, ms(percentile(times, 0.5)), ms(percentile(times, 0.99))],
      read.map(({ table, rows }) => `${rows} of ${table}`).join(", ") || "none",
      load(),
    ]);
  }
  say(table(["page", "p50", "p99", "rows read without an index, per page", "load"], lines));
}
