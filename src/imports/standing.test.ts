import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { check, countsIn, newsletterOf, run, subscriptionOf } from "../../tests/support/imports.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";
import { forget, work } from "./jobs.ts";
import { workOn } from "./work.ts";

const to = desk("nl");

describe("who is on a newsletter after an import", () => {
  let app: TestApp;
  let owner: Colleague;
  let fields: Record<string, string>;
  beforeAll(async () => {
    app = await startTestApp();
    owner = await signIn(app, "owner");
    fields = { kind: "subscribers", newsletter: await newsletterOf(app, null) };
    return app.stop;
  });

  const statusOf = async (email: string) => {
    const one = await subscriptionOf(app, email);
    return one && (one.ended_at ? "ended" : "active");
  };
  const pageOf = async (path: string) => (await owner.get(path)).text();
  const suppressed = async () =>
    (await app.ctx.db.selectFrom("suppressions").select("address").orderBy("address").execute()).map(
      ({ address }) => address,
    );

  test("cells that hold nothing end nobody, what is no date is to be mended, and the page tells it all before", async () => {
    const nothing = ["", "-", "NULL", "\\N", "0000-00-00", "0000-00-00 00:00:00", "n.v.t."];
    const file = [
      "email,status,afgemeld op",
      ...nothing.map((cell, at) => `leeg-${at}@dag.example,active,${cell}`),
      ...["weg@dag.example,active,2024-01-31", "raar@dag.example,active,ja", "streep@dag.example,-,"],
      ...["spam@dag.example,spam,", "terug@dag.example,cleaned,"],
    ].join("\n");
    const path = await check(app, owner, file, fields);
    expect(countsIn(await pageOf(path))).toEqual({
      ...{ Goed: "10", Fout: "2", "Actief: krijgt de nieuwsbrief": "7", "Afgemeld: krijgt niets": "1" },
      ...{ "Niet te bereiken: krijgt niets": "1", "Meldde mail als spam: krijgt niets": "1" },
    });
    const errors = await (await owner.get(`${path}/fouten.csv`)).text();
    expect(errors).toContain(
      '"10";"De datum van afmelden is geen datum die al is geweest. Kolom “afgemeld op”: “ja”."',
    );
    expect(errors).toContain('"11";"Deze stand kennen we niet');
    await owner.post(`${path}/uitvoeren`);
    await app.work();
    for (const at of nothing.keys()) expect(await statusOf(`leeg-${at}@dag.example`)).toBe("active");
    expect(await statusOf("weg@dag.example")).toBe("ended");
  });

  test("a no in a later file ends who came by an earlier one; who said yes here stays, and is pointed out", async () => {
    const earlier = ["eerder", "klacht", "zelf"].map((who) => `${who}@later.example,active`);
    await run(app, owner, ["email,status", ...earlier].join("\n"), fields);
    // Who came by a file, and subscribes by the form: from then on it is their own yes.
    await subscribeAndConfirm(app, "zelf@later.example");
    const later = [
      ...["email,status", "eerder@later.example,unsubscribed", "klacht@later.example,spam"],
      ...["zelf@later.example,unsubscribed", "nieuw@later.example,unsubscribed"],
    ].join("\n");
    const path = await check(app, owner, later, fields);
    const html = await pageOf(path);
    expect(countsIn(html)).toMatchObject({ Goed: "3", "Al bekend": "1", "Afgemeld: krijgt niets": "2" });
    expect(html).toContain("2 van hen kwamen door een eerder bestand");
    await owner.post(`${path}/uitvoeren`);
    await app.work();
    expect(countsIn(await pageOf(path))).toEqual({ Ingelezen: "3", "Al bekend": "1" });
    expect(await statusOf("eerder@later.example")).toBe("ended");
    expect(await statusOf("klacht@later.example")).toBe("ended");
    expect(await suppressed()).toContain("klacht@later.example");
    expect(await statusOf("zelf@later.example")).toBe("active");
    expect(await pageOf(path)).toContain("Eén bekende persoon is in dit bestand afgemeld");
    const left = await (await owner.get(`${path}/fouten.csv?rows=disagrees`)).text();
    expect(left.split("\r\n").slice(1)).toEqual([
      '"4";"In het bestand afgemeld, op deze site zelf aangemeld.";"zelf@later.example";"unsubscribed"',
      "",
    ]);
  });

  test("who left elsewhere long ago is known as such for two years from the import, with the date of it", async () => {
    await run(app, owner, "email,status,unsubscribed at\noud@lang.example,unsubscribed,2019-05-06\n", fields);
    await removeWhatIsOld.run(app.ctx, {});
    const { ended_at } = (await subscriptionOf(app, "oud@lang.example"))!;
    expect(ended_at).toEqual(new Date("2019-05-06T10:00:00Z"));
    const again = await check(app, owner, "email\noud@lang.example\n", fields);
    expect(countsIn(await pageOf(again)), "a later file makes nobody active again").toEqual({
      "Al bekend": "1",
    });
  });

  test("the rows that were wrong are mended in the file with what was wrong, and read in", async () => {
    const file =
      "email,status,aangemeld op\nfout@beter.example,active,2024-02-31\nnee@beter.example,pending,\n";
    const path = await check(app, owner, file, fields);
    const wrong = await (await owner.get(`${path}/fouten.csv`)).text();
    const mended = wrong.replace('2024-02-31"\r', '2024-02-28"\r').replace('"pending"', '"unsubscribed"');
    expect(mended).toContain("Deze datum bestaat niet. Kolom “aangemeld op”: “2024-02-31”.");
    await run(app, owner, mended, fields);
    expect(await statusOf("fout@beter.example")).toBe("active");
    expect(await statusOf("nee@beter.example")).toBe("ended");
  });

  test("a lead's file silences nobody who said yes to somebody else", async () => {
    const own = await app.given.initiative();
    const lead = await signIn(app, "lead", { initiativeId: own.id });
    await subscribeAndConfirm(app, "ander@stil.example");
    const file = "email,status\nander@stil.example,bounced\nonbekend@stil.example,bounced\n";
    await run(app, lead, file, { kind: "subscribers", newsletter: await newsletterOf(app, own.id) });
    expect(await suppressed()).not.toContain("ander@stil.example");
    expect(await suppressed()).toContain("onbekend@stil.example");
  });

  test("an import is taken back within a week, but for those who chose something since", async () => {
    await run(app, owner, "email,status\nvorige@terug.example,active\n", fields);
    const file = [
      ...["email,status", "een@terug.example,active", "twee@terug.example,unsubscribed"],
      ...["drie@terug.example,cleaned", "zelf@terug.example,active", "opnieuw@terug.example,active"],
      ...["vorige@terug.example,unsubscribed", "geen adres,active"],
    ].join("\n");
    const path = await run(app, owner, file, fields);
    expect(await suppressed()).toContain("drie@terug.example");
    app.advance(days(1));
    for (const who of ["zelf", "opnieuw"]) await unsubscribe(app.ctx, await idOf(`${who}@terug.example`));
    await subscribeAndConfirm(app, "opnieuw@terug.example");
    const page = await pageOf(path);
    expect(page).toContain("Draai deze invoer terug");
    expect((await owner.post(`${path}/terugdraaien`)).status).toBe(303);
    const after = await pageOf(path);
    expect(countsIn(after)).toEqual({ Ingelezen: "2", Fout: "1", Teruggedraaid: "4" });
    expect(after).toContain("Deze invoer is teruggedraaid.");
    expect(after).not.toContain("Draai deze invoer terug");
    for (const who of ["een", "twee", "drie"]) expect(await statusOf(`${who}@terug.example`)).toBeUndefined();
    expect(await suppressed()).not.toContain("drie@terug.example");
    expect(await statusOf("zelf@terug.example")).toBe("ended");
    expect(await statusOf("opnieuw@terug.example")).toBe("active");
    expect(await statusOf("vorige@terug.example"), "as before that file").toBe("active");
    const proofs = await app.ctx.db
      .selectFrom("consents as c")
      .innerJoin("people as p", "p.id", "c.person_id")
      .select("c.text_version")
      .where("p.email", "=", "een@terug.example")
      .execute();
    expect(proofs).toEqual([]);
    expect(await (await owner.get(to.section("audit"))).text()).toContain("draaide een invoer terug");
    const again = await check(app, owner, file, fields);
    expect(countsIn(await pageOf(again)), "and can be done better").toMatchObject({ Goed: "4" });
  });

  const idOf = async (email: string) =>
    (
      await app.ctx.db
        .selectFrom("subscriptions as s")
        .innerJoin("people as p", "p.id", "s.person_id")
        .select("s.id")
        .where("p.email", "=", email)
        .executeTakeFirstOrThrow()
    ).id;

  test.each(["checking", "running"])("one that failed while %s goes on where it was", async (state) => {
    const rows = Array.from({ length: 2500 }, (_, at) => `${state}-${at}@mislukt.example`);
    const path = await check(app, owner, ["email", ...rows].join("\n"), fields);
    const id = path.split("/").at(-1) ?? "";
    if (state === "running") await owner.post(`${path}/uitvoeren`);
    else {
      const again = { "column-0": "email", statement: "Aangemeld op onze vorige site.", by: "Fatima" };
      await owner.post(`${path}/kolommen`, { ...again, day: "1", month: "2", year: "2024" });
    }
    expect(await workOn(app.ctx, id), "one batch").toBe(true);
    await work.onGivenUp?.(app.ctx, { id });
    const failed = await pageOf(path);
    expect(failed).toContain("Dit is niet gelukt. Ga verder");
    expect(failed).toContain("Verdergaan");
    await owner.post(`${path}/verder`);
    await app.work();
    const name = state === "running" ? "Ingelezen" : "Goed";
    expect(countsIn(await pageOf(path))).toMatchObject({ [name]: "2.500" });
  });

  test("when removing the rows of an old file does not come to its end, it is tried again", async () => {
    const path = await check(app, owner, "email\noud@week.example\n", fields);
    app.advance(days(8));
    await sql`create function stay() returns trigger language plpgsql as 'begin raise exception ''killed''; end'`.execute(
      app.ctx.db,
    );
    await sql`create trigger stay before delete on import_rows execute function stay()`.execute(app.ctx.db);
    await expect(forget.run(app.ctx, {})).rejects.toThrow("killed");
    await sql`drop trigger stay on import_rows`.execute(app.ctx.db);
    await forget.run(app.ctx, {});
    const left = app.ctx.db.selectFrom("import_rows").select("number");
    expect(await left.where("import_id", "=", path.split("/").at(-1) ?? "").execute()).toEqual([]);
    expect(await pageOf(path)).toContain("Dit bestand is na een week verwijderd.");
  });
});
