import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Helper, start } from "./processes.ts";

/** The built program on a data folder of its own, with its embedded database. */
export type Installation = {
  program: Helper;
  origin: string;
  /** Milliseconds until it said that it was ready. */
  startedIn: number;
};

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), "archipel-bench-"));

export function removeDataDir(dir: string): void {
  const cluster = clusterOf(dir);
  rmSync(dir, { recursive: true, force: true });
  if (!cluster.startsWith(dir)) rmSync(join(cluster, ".."), { recursive: true, force: true });
}

type Wanted = { dataDir: string; smtpPort: number; execArgv?: string[]; args?: string[] };

/** Starts the program as an operator does behind one proxy, and waits until it is ready. */
export async function install({
  dataDir,
  smtpPort,
  execArgv = [],
  args = [],
}: Wanted): Promise<Installation> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const program = start("dist/server/main.js", {
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      NODE_ENV: "production",
      BASE_URL: "https://archipel.example",
      MAIL_FROM: "post@archipel.example",
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      TRUST_PROXY: "1",
    },
    execArgv,
    args,
  });
  for (let tries = 0; tries < 1200; tries++) {
    const ready = await fetch(`${origin}/readyz`).catch(() => null);
    if (ready?.ok) return { program, origin, startedIn: performance.now() - begun };
    await sleep(25);
  }
  throw new Error("The program did not start within 30 seconds");
}

/** Where the embedded database of a data folder is. */
function clusterOf(dataDir: string): string {
  const pointer = join(dataDir, "postgres-location");
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : join(dataDir, "postgres");
}

/** Fills the archipel up to `count` updates, a few hours apart, over its islands in turn. */
export async function fillWithUpdates(dataDir: string, count: number): Promise<void> {
  const cluster = clusterOf(dataDir);
  const password = readFileSync(join(cluster, "archipel-password"), "utf8").trim();
  const port = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[3];
  const client = new pg.Client({
    connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/archipel`,
  });
  await client.connect();
  const text = "Wat er gebeurde, wie erbij was, en wat we ervan leerden. ".repeat(20);
  await client.query(
    `insert into updates (initiative_id, slug, title, summary, body, author, published_at, changed_at)
     select island.id, 'bench-' || n, jsonb_build_object('nl', 'Verslag nummer ' || n),
       jsonb_build_object('nl', 'Kort verteld: dit is het verslag van bezoek ' || n || '.'),
       jsonb_build_object('nl', $2::text || n), 'Bench', moment, moment
     from generate_series(1, $1::integer - (select count(*) from updates)::integer) as n
     cross join lateral (select now() - n * interval '3 hours' as moment) as t
     join (select id, row_number() over (order by slug) - 1 as place, count(*) over () as islands from initiatives)
       as island on island.place = n % island.islands`,
    [count, text],
  );
  await client.query("vacuum analyze"); // as PostgreSQL does by itself within a minute or so
  await client.end();
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
