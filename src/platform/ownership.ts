import pg from "pg";

export type Claim = { kind: "claimed"; release: () => Promise<void> } | { kind: "taken" };

const lockNumber = 4_704_727; // this program's number among PostgreSQL's advisory locks

/**
 * Claims an embedded database for this process, by an advisory lock of a session kept open: a killed process
 * loses it at once, whatever it left behind. A server just taken over may need a moment to see that its former
 * owner is gone, hence a few tries (2 s at most).
 */
export async function claimDatabase(url: string): Promise<Claim> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "archipel owner",
    keepAlive: true,
  });
  client.on("error", () => {});
  await client.connect();
  for (let tries = 0; tries < 10; tries++) {
    const { rows } = await client.query<{ claimed: boolean }>("select pg_try_advisory_lock($1) as claimed", [
      lockNumber,
    ]);
    if (rows[0]?.claimed) return { kind: "claimed", release: () => client.end() };
    await new Promise((done) => setTimeout(done, 200));
  }
  await client.end();
  return { kind: "taken" };
}
