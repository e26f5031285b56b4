import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { check, countsIn, newsletterOf, run, send, subscriptionOf } from "../../tests/support/imports.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";

describe("files with subscribers", () => {
  let app: TestApp;
  let owner: Colleague;
  let newsletter: string;
  beforeAll(async () => {
    app = await startTestApp();
    owner = await signIn(app, "owner");
    newsletter = await newsletterOf(app, null);
    return app.stop;
  });

  test.each([
    [
      "UTF-16 by its mark",
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from("E-mailadres\tNaam\nutf16@example.org\tZoë\n", "utf16le"),
      ]),
    ],
    ["UTF-16 without one", Buffer.from("E-mailadres\tNaam\nutf16@example.org\tZoë\n", "utf16le")],
    ["Windows-1252", Buffer.from("E-mailadres;Naam\nutf16@example.org;Zo\xeb\n", "latin1")],
    ["UTF-8 with Excel's line", Buffer.from("﻿sep=,\nE-mailadres,Naam\nutf16@example.org,Zoë\n")],
  ])("are read from %s", async (_name, bytes) => {
    const answer = await send(app, owner, new Uint8Array(bytes), { kind: "subscribers", newsletter });
    const html = await (await owner.get(answer.headers.get("location")!)).text();
    expect(html).toContain("utf16@example.org");
    expect(html).toContain(">Zoë<");
  });

  test.each([
    ["a spreadsheet named .csv", new Uint8Array(Buffer.from("PK\x03\x04rest")), "Bewaar het als CSV"],
    ["no text", new Uint8Array([1, 0, 2, 0, 0, 0, 3, 1, 1, 1]), "staat geen tekst"],
    ["nothing", new Uint8Array(), "Kies een bestand"],
    ["a heading alone", new Uint8Array(Buffer.from("email,naam\n")), "alleen een kop"],
  ])("are refused from %s, with what to do", async (_name, bytes, told) => {
    const answer = await send(app, owner, bytes, { kind: "subscribers", newsletter });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(told);
    expect(html).toContain("<title>1 foutmelding");
    expect(readdirSync(join(app.ctx.config.dataDir, "uploads"))).toEqual([]);
  });

  test("more than 30 MB is refused; a name leads out of no folder", async () => {
    const large = await send(app, owner, new Uint8Array(31 * 1024 * 1024).fill(97), {
      kind: "subscribers",
      newsletter,
    });
    expect(large.status).toBe(422);
    expect(await large.text()).toContain("te groot");
    const odd = await send(
      app,
      owner,
      "email\na@example.org\n",
      { kind: "subscribers", newsletter },
      "../../../etc/x.csv",
    );
    const html = await (await owner.get(odd.headers.get("location")!)).text();
    expect(html).toContain("<h1>x.csv</h1>");
    expect(existsSync(join(app.ctx.config.dataDir, "..", "etc"))).toBe(false);
  });

  test("a huge line, a quote that never ends and NUL bytes are rows that went wrong; the rest goes on", async () => {
    const file = [
      "email,naam",
      "eerste@example.org,Een",
      `${"x".repeat(60_000)}@example.org,Groot`,
      "tweede@example.org,T\0wee",
      'derde@example.org,"Drie',
    ].join("\n");
    const path = await check(app, owner, file, { kind: "subscribers", newsletter });
    expect(countsIn(await (await owner.get(path)).text())).toMatchObject({ Goed: "2" });
  });

  const statusOf = async (email: string) => {
    const one = await subscriptionOf(app, email);
    return one && (one.ended_at ? "ended" : "active");
  };
  const wrongIn = async (path: string) =>
    (await (await owner.get(`${path}/fouten.csv`)).text())
      .split("\r\n")
      .slice(1)
      .flatMap((line) => /^"(\d+)";"([^"]+)"/.exec(line)?.slice(1, 3).join(": ") ?? []);

  test("with a quote too many lose that line alone: everybody after it is read", async () => {
    const between = Array.from(
      { length: 30 },
      (_, at) => `tussen-${at}@citaat.example,Tussen ${at},subscribed`,
    );
    const path = await run(
      app,
      owner,
      [
        ...["email,naam,status", 'eerste@citaat.example,"Jan,subscribed', ...between],
        ...['tweede@citaat.example,"Piet,subscribed', "derde@citaat.example,Klaas,subscribed"],
      ].join("\n"),
      { kind: "subscribers", newsletter },
    );
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "31", Fout: "2" });
    expect(await wrongIn(path)).toEqual([
      "2: Deze rij is niet te lezen. Kijk of de aanhalingstekens kloppen.",
      "33: Deze rij is niet te lezen. Kijk of de aanhalingstekens kloppen.",
    ]);
    expect(await statusOf("derde@citaat.example")).toBe("active");
  });

  test.each([
    ["in both lines", ['"a@ruil.example","Jan', '"b@ruil.example","Piet","subscribed"'], "b", "active"],
    [
      "before the status",
      ['a@ruil.example,"Jan,subscribed', 'c@ruil.example,"Piet",unsubscribed'],
      "c",
      "ended",
    ],
    [
      "that closes in the next line",
      ['a@ruil.example,"Jan,subscribed', 'd@ruil.example,Piet",unsubscribed'],
      "d",
      "ended",
    ],
    [
      "that closes three lines on",
      ['a@ruil.example,"Jan', "e@ruil.example,Els,subscribed", 'x",y'],
      "e",
      "active",
    ],
  ])("never give somebody another's status by a quote %s", async (_name, lines, who, status) => {
    await run(app, owner, ["email,naam,status", ...lines, ""].join("\n"), {
      kind: "subscribers",
      newsletter,
    });
    expect(await statusOf("a@ruil.example")).toBeUndefined();
    expect(await statusOf(`${who}@ruil.example`)).toBe(status);
  });

  test("with a row of another length import nobody by it; empty cells at its end are no harm", async () => {
    const path = await run(
      app,
      owner,
      [
        ...["email,naam,status", "weg@lengte.example,Jan unsubscribed", "los@lengte.example"],
        ...["veel@lengte.example,Jan,de Boer,unsubscribed", "goed@lengte.example,Jan,unsubscribed,,"],
        'heel@lengte.example,"Jan\nde ""Boer""",subscribed',
      ].join("\n"),
      { kind: "subscribers", newsletter },
    );
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "2", Fout: "3" });
    expect(await statusOf("goed@lengte.example")).toBe("ended");
    expect((await subscriptionOf(app, "heel@lengte.example"))?.name).toBe('Jan de "Boer"');
    expect((await wrongIn(path))[0]).toContain("meer of minder kolommen");
  });

  test("with one letter that was cut in two stay what they are, and cost that row", async () => {
    const path = await run(
      app,
      owner,
      Buffer.concat([
        Buffer.from(
          "email,naam\nzoe@letter.example,Zoë\nrene@letter.example,René\njose@letter.example,José\n",
        ),
        Buffer.from("francois@letter.example,Fran"),
        Buffer.from([0xc3]),
        Buffer.from("ois\nanais@letter.example,Anaïs\n"),
      ]),
      { kind: "subscribers", newsletter },
    );
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "4", Fout: "1" });
    expect((await subscriptionOf(app, "zoe@letter.example"))?.name).toBe("Zoë");
    expect(await wrongIn(path)).toEqual(["5: In deze rij staan tekens die niet te lezen zijn."]);
  });

  test("are read in the character set that somebody chooses, and say which one that was", async () => {
    const bytes = new Uint8Array(Buffer.from("email,naam\nanne@set.example,AnnÃ© Â©\n", "latin1"));
    const fields = { kind: "subscribers", newsletter };
    const pageOf = async (more: Record<string, string>) => {
      const answer = await send(app, owner, bytes, { ...fields, ...more });
      return (await owner.get(answer.headers.get("location") ?? "")).text();
    };
    expect(await pageOf({})).toMatch(/>Anné ©<[\s\S]*Tekenset: UTF-8\./);
    expect(await pageOf({ encoding: "windows-1252" })).toMatch(/>AnnÃ© Â©<[\s\S]*Tekenset: Windows/);
  });

  test("are refused when the heading itself cannot be read, or no newsletter is chosen", async () => {
    const refused = async (file: string, chosen: string) => {
      const answer = await send(app, owner, file, { kind: "subscribers", newsletter: chosen });
      expect(answer.status).toBe(422);
      return answer.text();
    };
    expect(await refused('email,"naam\na@kop.example,A\n', newsletter)).toContain(
      "De eerste regel is niet te lezen",
    );
    const html = await refused("email\na@kop.example\n", "");
    expect(html).toMatch(/<option value=""[^>]*>Kies een nieuwsbrief/);
    expect(html).toMatch(/class="error-summary[\s\S]*href="#import-newsletter"/);
  });
});
