import pg from "pg";

export type Claim = { kind: "claimed" } | { kind: "taken" };

const lockNumber = 4_704_727; // this program's number among PostgreSQL's advisory locks

/**
 * Claims an embedded database for this process, by an advisory lock of a session kept open: a killed process
 * loses it at once, whatever it left behind, and one that ends keeps it until the server is down. A server just taken over may need a moment to see that its former
 * owner is gone, hence a few tries (2 s at most). `onLost` hears when the session of a claim has ended: the claim with it, and often the server.
 */
export async function claimDatabase(url: string, onLost = () => {}): Promise<Claim> {
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
    if (rows[0]?.claimed) {
      client.once("end", onLost);
      return { kind: "claimed" };
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  await client.end();
  return { kind: "taken" };
}

/** Of PostgreSQL while it stops (admin_shutdown, cannot_connect_now), and of the connection when it did. */
const endings = ["57P01", "57P03", "ECONNREFUSED", "ECONNRESET"];

/** Whether an error says that the server was stopping: a start may be tried once more. */
export const isGoingDown = (error: unknown): boolean =>
  endings.includes((error as { code?: string }).code ?? "") ||
  (error instanceof Error && error.message.startsWith("Connection terminated"));
