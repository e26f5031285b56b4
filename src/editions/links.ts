import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { languages } from "../platform/i18n.ts";
import { type Probed, probe } from "../platform/probe.ts";
import type { Render } from "../visit.tsx";

/** A link that does not work, and the name of the text that says why. */
export type DeadLink = { url: string; reason: string; values?: Record<string, number> };

export type LinkReport = {
  looked: number;
  dead: DeadLink[];
  /** For so many there was no time. */
  unknown: number;
};

const atOnce = 5;
/** Milliseconds for all of them together, and at most for one. */
const patience = 10_000;
const patienceForOne = 5000;

/** Asks of each address whether it answers; those of this installation are asked of the program itself. */
export async function checkLinks(
  ctx: Ctx,
  urls: string[],
  ask: { own: (url: string) => Promise<number | null>; elsewhere?: typeof probe },
): Promise<LinkReport> {
  const report: LinkReport = { looked: 0, dead: [], unknown: 0 };
  const end = performance.now() + patience;
  const waiting = [...urls];
  const one = async (url: string) => {
    const left = end - performance.now();
    if (left < 200) {
      report.unknown++;
      return;
    }
    const status = await ask.own(url);
    const dead =
      status === null
        ? verdict(url, await (ask.elsewhere ?? probe)(url, { patience: Math.min(left, patienceForOne) }))
        : status < 400
          ? null
          : { url, reason: "status", values: { status } };
    report.looked++;
    if (dead) report.dead.push(dead);
  };
  const work = async () => {
    for (let url = waiting.shift(); url; url = waiting.shift()) await one(url);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  ctx.log.info({ looked: report.looked, dead: report.dead.length }, "links of an edition looked at");
  return report;
}

/** Pages that want a person or a slower pace do exist. */
const exists = (status: number) => status < 400 || [401, 403, 405, 429].includes(status);

function verdict(url: string, found: Probed): DeadLink | null {
  switch (found.kind) {
    case "answers":
      return exists(found.status) ? null : { url, reason: "status", values: { status: found.status } };
    case "no-answer":
      return { url, reason: found.reason };
    case "not-asked":
    case "inside":
      return { url, reason: found.kind };
    default:
      return found satisfies never;
  }
}

/** The status of a page of this installation, without the network; null for what is elsewhere. */
export function askOwn(ctx: Ctx, render: Render) {
  const movement = new URL(ctx.config.baseUrl);
  return async (url: string): Promise<number | null> => {
    const { host, pathname, search } = new URL(url);
    if (host === movement.host) return statusOf(await render(ctx, pathname + search), pathname);
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("slug")
      .where("host", "=", host.replace(/:\d+$/, ""))
      .executeTakeFirst();
    return island ? statusOf(await render(ctx, onMovement(pathname, island.slug) + search), pathname) : null;
  };
}

/** A picture of the starter content is a file beside the program, which no page answers for. */
const statusOf = ({ status }: Response, path: string) => (path.startsWith("/media/") ? 200 : status);

/** The path on the movement's site of a page on an island's own host. */
function onMovement(path: string, slug: string): string {
  for (const language of [...languages].reverse()) {
    const { ownHost, island } = paths(language);
    const own = island(slug);
    if (path === ownHost.home) return own.home;
    for (const part of ["updates", "newsletter", "contact"] as const)
      if (path === ownHost[part] || path.startsWith(`${ownHost[part]}/`))
        return own[part] + path.slice(ownHost[part].length);
  }
  return path;
}
