import { createServer } from "node:http";
import { createChallenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type pg from "pg";
import { createKeys } from "../../src/platform/keys.ts";
import { challengeSeconds, difficulty, stepFields } from "../../src/protection/policy.ts";
import { post } from "./ask.ts";
import { inParallel, ms, percentile, perSecond, table } from "./figures.ts";
import { secretKey } from "./program.ts";

const atOnce = 32;
const keys = createKeys(secretKey);

/**
 * So many people sign at once, each from a network of their own: form, step, proof, confirmation. The database holds the
 * signatures that were there; no worker runs, so the mails stay queued.
 */
export async function measureViralHour(origin: string, client: pg.Client, pool: pg.Pool, signers: number) {
  const forms: number[] = [];
  let steps = 0;
  const formSeconds = await inParallel(signers, atOnce, async (at) => {
    const begun = performance.now();
    const network = networkOf(at);
    const fields = formOf(at);
    const first = await post(`${origin}/manifest/ondertekenen`, fields, network);
    if (first === 200) {
      steps++;
      const proof = await proofOf("sign /manifest/ondertekenen");
      expect(
        303,
        await post(`${origin}/manifest/ondertekenen`, { ...fields, [stepFields.proof]: proof }, network),
      );
    } else expect(303, first);
    forms.push(performance.now() - begun);
  });

  const { rows } = await client.query<{ id: string }>(
    "select confirmation_id as id from confirmation_acts join acts on acts.id = act_id where email like 'viral-%'",
  );
  if (rows.length !== signers) throw new Error(`${rows.length} forms came in, not ${signers}`);
  const confirmations: number[] = [];
  const confirmSeconds = await inParallel(signers, atOnce, async (at) => {
    const begun = performance.now();
    const token = keys.token("confirmation", rows[at]?.id ?? "");
    expect(303, await post(`${origin}/bevestigen/${token}`, {}, networkOf(at)));
    confirmations.push(performance.now() - begun);
  });
  const { rows: counted } = await client.query<{ signed: number; queued: number }>(
    `select (select count(*) from signatures join people on people.id = person_id where email like 'viral-%')::int as signed,
      (select count(*) from pgboss.job where name = 'confirmations.send')::int as queued`,
  );
  const { signed = 0, queued = 0 } = counted[0] ?? {};
  if (signed !== signers) throw new Error(`${signed} signatures, not ${signers}`);

  const insertSeconds = await rawInserts(pool, signers);
  const postSeconds = await rawPosts(signers);
  const rate = (seconds: number) => perSecond(signers / seconds);
  const rows_ = [
    [
      "form with its step, until the mail is queued",
      rate(formSeconds),
      ms(percentile(forms, 0.5)),
      ms(percentile(forms, 0.99)),
    ],
    [
      "confirmation, until it is a signature",
      rate(confirmSeconds),
      ms(percentile(confirmations, 0.5)),
      ms(percentile(confirmations, 0.99)),
    ],
    ["**both: signatures end to end**", rate(formSeconds + confirmSeconds), "", ""],
    ["raw limit: one row inserted and committed", rate(insertSeconds), "", ""],
    ["raw limit: Node answers a form with 303", rate(postSeconds), "", ""],
  ];
  return {
    table: table(["what", "rate", "p50", "p99"], rows_),
    note: `${signers} signers, ${atOnce} at once; ${steps} of them had to prove their work first; ${queued} mails queued.`,
  };
}

const networkOf = (at: number) => `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;

const formOf = (at: number): Record<string, string> => ({
  name: "Sanne de Vries",
  email: `viral-${at}@example.org`,
  role: "adviseur",
  organisation: `Gemeente Nieuwstad ${String.fromCharCode(65 + (at % 26))}`,
  place: "Utrecht",
  motivation: "Omdat het samen beter gaat.",
  appearance: "name",
  "principle-leren": "yes",
  "principle-delen": "yes",
  newsletter: "yes",
});

/**
 * A proof as a browser makes it, for a challenge of which the first try is right: the program checks it like any other,
 * and the benchmark measures the program, not how fast this machine tries.
 */
async function proofOf(formId: string): Promise<string> {
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: difficulty.cost,
    counter: 0,
    data: { form: formId, until: Date.now() + challengeSeconds * 1000 },
    deriveKey,
    hmacSignatureSecret: keys.hash("proof-of-work", "challenge"),
    hmacKeySignatureSecret: keys.hash("proof-of-work", "answer"),
  });
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}

function expect(wanted: number, status: number): void {
  if (status !== wanted) throw new Error(`Answered ${status}, not ${wanted}`);
}

async function rawInserts(pool: pg.Pool, count: number): Promise<number> {
  await pool.query("create table bench_raw (id bigint generated always as identity primary key, text text)");
  const seconds = await inParallel(count, atOnce, async (at) => {
    await pool.query("insert into bench_raw (text) values ($1)", [`Sanne de Vries ${at}`]);
  });
  await pool.query("drop table bench_raw");
  return seconds;
}

async function rawPosts(count: number): Promise<number> {
  const server = createServer((asked, answer) => {
    asked.resume().once("end", () => answer.writeHead(303, { location: "/" }).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  const seconds = await inParallel(count, atOnce, async (at) => {
    expect(303, await post(`http://127.0.0.1:${port}/`, formOf(at), networkOf(at)));
  });
  server.closeAllConnections();
  server.close();
  return seconds;
}
