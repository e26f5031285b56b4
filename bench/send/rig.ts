import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import pg from "pg";
import { startEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";
import { type Helper, start, stopAll } from "../processes.ts";
import { dkimDomain, dkimSelector } from "./content.ts";
import { type Engine, startEngine } from "./engine.ts";
import type { Ran, Run, RunAnswer } from "./runs.ts";
import type { SinkAnswer, SinkQuestion } from "./sink.ts";

export type Rig = {
  client: pg.Client;
  /** PostgreSQL's first process, the parent of all others. */
  databasePid: number;
  nodemailer: Helper;
  office: Helper;
  load: Helper;
  publicKey: KeyObject;
  /** The program, signing or not: the one that runs when it is that, or it is ended and another started. */
  engine: (signing: boolean, how?: "anew") => Promise<Engine>;
  run: (sender: Helper, count: number, signing: boolean) => Promise<Ran>;
  askSink: (question: SinkQuestion) => Promise<SinkAnswer>;
  end: () => Promise<void>;
};

/** Everything that the benchmark needs, on the loopback address and in a temporary folder. */
export async function startRig(main: string, connections: number): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), "archipel-bench-"));
  chmodSync(dir, 0o755); // as root, the database's account must be able to enter
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keyFile = join(dir, "dkim.pem");
  writeFileSync(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  const server = await startEmbeddedPostgres(dir);
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  const sink = start("bench/send/sink.ts");
  const smtpUrl = `smtp://127.0.0.1:${(await sink.greeting<{ port: number }>()).port}`;
  let running: (Engine & { signing: boolean }) | null = null;
  return {
    client,
    databasePid: await firstProcess(client),
    nodemailer: start("bench/send/nodemailer.ts"),
    office: start("bench/send/office.ts"),
    load: start("bench/load.ts"),
    publicKey,
    engine: async (signing, how) => {
      if (running?.signing === signing && how !== "anew") return running;
      await running?.program.stop();
      const key = signing ? keyFile : null;
      const wanted = { main, databaseUrl: server.url(), dataDir: join(dir, "data"), smtpUrl, connections };
      running = { ...(await startEngine({ ...wanted, keyFile: key })), signing };
      return running;
    },
    run: async (sender, count, signing) => {
      await sink.ask({ forget: { keepEvery: 0 } } satisfies SinkQuestion);
      const run: Run = { url: smtpUrl, connections, count, keyFile: signing ? keyFile : null };
      const answer = await sender.ask<RunAnswer>(run);
      if ("error" in answer) throw new Error(answer.error);
      return answer.ran;
    },
    askSink: (question) => sink.ask<SinkAnswer>(question),
    end: async () => {
      await client.end().catch(() => {}); // gone already after Ctrl-C
      await stopAll();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function firstProcess(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
  );
  return rows[0].pid;
}

/** How many of these mails have a valid DKIM signature, as mailauth sees it. */
export async function validSignatures(mails: string[], publicKey: KeyObject): Promise<number> {
  const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const resolver = async (name: string) =>
    name === `${dkimSelector}._domainkey.${dkimDomain}` ? [[`v=DKIM1; k=rsa; p=${p}`]] : [];
  let valid = 0;
  for (const mail of mails) {
    const { results } = await dkimVerify(Buffer.from(mail, "latin1"), { resolver });
    if (results.length === 1 && results[0]?.status.result === "pass") valid++;
  }
  return valid;
}
