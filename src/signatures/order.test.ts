import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { createDatabase, dropDatabase, serverUrl } from "../../tests/support/test-database.ts";
import { migrate } from "../platform/migrate.ts";

/** As the program of before was: its migrations alone. */
const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0016"));

test("signatures of before stand in the order of signing afterwards, with their principles", async () => {
  const name = await createDatabase();
  onTestFinished(async () => void (await dropDatabase(name)));
  await migrate(serverUrl(name), before);
  const db = new pg.Client({ connectionString: serverUrl(name) });
  await db.connect();
  onTestFinished(() => db.end());
  await db.query(`insert into manifestos values (1, '{}', '{}', '{}', '[]', '{}', '[]', '{}', now())`);
  // Read in last, and signed first; and two who signed in one second.
  for (const [who, moment] of [
    ["twee", "2025-01-01T10:00:00.1Z"],
    ["drie", "2025-01-01T10:00:00.9Z"],
    ["een", "2020-01-01T10:00:00Z"],
  ]) {
    await db.query(
      `with person as (
        insert into people (email, language, confirmed_at) values ($1 || '@oud.example', 'nl', now()) returning id
      ), signed as (
        insert into signatures (person_id, manifesto_version, appearance, name, search, signed_at, confirmed_at,
          invite_code, batch)
        select id, 1, 'name', $1, '', $2, $2, $1, gen_random_uuid() from person returning id
      ) select * from signed`,
      [who, moment],
    );
    await db.query(
      "insert into signature_principles (signature_id, principle) select id, 'delen' from signatures where name = $1",
      [who],
    );
  }
  await migrate(serverUrl(name), migrations);
  const { rows } = await db.query(
    "select s.name, p.number = s.number as same from signatures as s join signature_principles as p on p.signature_id = s.id order by s.number",
  );
  expect(rows).toEqual(["een", "twee", "drie"].map((name) => ({ name, same: true })));
});
