import type { Ctx } from "../platform/context.ts";
import type { DeadLink, LinkReport } from "./links.ts";

/** What was found, without the addresses themselves: those stand in the letters. */
type Found = { unknown: number; dead: [number: number, reason: string, values?: Record<string, number>][] };

/** More than anybody mends at once; the address of a page cannot grow without end. */
const mostDead = 100;

const markOf = (ctx: Ctx, editionId: string, urls: string[], body: string) =>
  ctx.keys.hash("edition-links", JSON.stringify([editionId, urls, body])).slice(0, 22);

/** A report as a part of the address of the edition's page, so that it stays when that is read again. */
export function writeReport(ctx: Ctx, editionId: string, urls: string[], report: LinkReport): string {
  const found: Found = {
    unknown: report.unknown,
    dead: report.dead
      .slice(0, mostDead)
      .map(({ url, reason, values }) =>
        values ? [urls.indexOf(url), reason, values] : [urls.indexOf(url), reason],
      ),
  };
  const body = Buffer.from(JSON.stringify(found)).toString("base64url");
  return `${body}.${markOf(ctx, editionId, urls, body)}`;
}

/** The report in an address. Null when it is of other links than these: the edition was changed since. */
export function readReport(ctx: Ctx, editionId: string, urls: string[], written: string): LinkReport | null {
  const [body = "", mark] = written.split(".");
  if (mark !== markOf(ctx, editionId, urls, body)) return null;
  const { unknown, dead } = JSON.parse(Buffer.from(body, "base64url").toString()) as Found;
  return {
    looked: urls.length - unknown,
    unknown,
    dead: dead.map(([number, reason, values]): DeadLink => {
      const url = urls[number] ?? "";
      return values ? { url, reason, values } : { url, reason };
    }),
  };
}
