import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { createDatabase, dropDatabase, serverUrl } from "../../tests/support/test-database.ts";
import { migrate } from "../platform/migrate.ts";

test("questions and answers from before they had a table of their own come along", async () => {
  const database = await createDatabase();
  onTestFinished(async () => {
    await dropDatabase(database);
  });
  const url = serverUrl(database);
  await migrate(url, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0012")));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      "insert into people (email, language, confirmed_at) values ('sam@example.org', 'nl', now())",
    );
    const add = (name: string, question: string | null, reply: string | null) =>
      client.query(
        `insert into proposals (person_id, proposer, name, kind, tagline, story, role, language, proposed_at,
          question, asked_at, reply, replied_at)
        select id, 'Sam', $1, 'initiative', '…', '…', 'Trekker', 'nl', now(),
          $2::text, case when $2::text is not null then now() end,
          $3::text, case when $3::text is not null then now() end
        from people`,
        [name, question, reply],
      );
    await add("Niets gevraagd", null, null);
    await add("Wacht", "Wie doen er mee?", null);
    await add("Geantwoord", "Waar is het?", "In Utrecht.");
    await migrate(url, migrations);
    const { rows } = await client.query(
      "select name, question, reply from proposal_questions as q join proposals as r on r.id = proposal_id order by name",
    );
    expect(rows).toEqual([
      { name: "Geantwoord", question: "Waar is het?", reply: "In Utrecht." },
      { name: "Wacht", question: "Wie doen er mee?", reply: null },
    ]);
  } finally {
    await client.end();
  }
});
