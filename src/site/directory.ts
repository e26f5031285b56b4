import { listOwnHosts } from "../initiatives/queries.ts";
import type { Config } from "../platform/config.ts";
import type { ContentVersion } from "../platform/content-version.ts";
import type { Ctx } from "../platform/context.ts";
import { languages } from "../platform/i18n.ts";
import type { Here } from "../visit.tsx";
import { themeHref } from "./colours.ts";
import { islandFrame, movementFrame } from "./frame.ts";
import { getMovement } from "./queries.ts";

type Sites = { movement: Here; islands: Map<string, Here> };

/** Which site answers to a host name; kept in memory until content changes. */
export class SiteDirectory {
  #sites: Promise<Sites> | null = null;
  #loaded: Sites | null = null;
  #ctx: Pick<Ctx, "db" | "config">;
  #version: ContentVersion;

  constructor(ctx: Pick<Ctx, "db" | "config">, version: ContentVersion) {
    this.#ctx = ctx;
    this.#version = version;
    version.onChange(() => this.#forget());
  }

  /** The site for a Host header, or null when that has to be read from the database first. */
  known(hostHeader: string): Here | null {
    return this.#version.listening() ? this.lastKnown(hostHeader) : null;
  }

  /** The same as it was when the database last answered. */
  lastKnown(hostHeader: string): Here | null {
    return this.#loaded && siteOf(this.#loaded, hostHeader);
  }

  /** The site for a Host header (with or without port). Unknown hosts get the movement. */
  async find(hostHeader: string): Promise<Here> {
    this.#sites ??= this.#load();
    const loading = this.#sites;
    const sites = await loading;
    if (!this.#version.listening()) this.#sites = null;
    else if (loading === this.#sites) this.#loaded = sites; // else content changed while it was read
    return siteOf(sites, hostHeader);
  }

  #forget(): void {
    this.#sites = null;
    this.#loaded = null;
  }

  async #load(): Promise<Sites> {
    try {
      return await readSites(this.#ctx);
    } catch (error) {
      this.#sites = null;
      throw error;
    }
  }
}

/** The movement's site, and those of the islands with a host name of their own, as the database has them. */
export async function readSites(ctx: Pick<Ctx, "db" | "config">): Promise<Sites> {
  const [movement, hosts] = await Promise.all([getMovement(ctx), listOwnHosts(ctx)]);
  const movementOrigin = ctx.config.baseUrl;
  const shown = { movementOrigin, languages: movement?.languages ?? languages };
  const base = { ...shown, ownIsland: null, origin: movementOrigin };
  const name = movement?.name ?? { nl: "Archipel" };
  const theme = themeHref(movement?.colours ?? {});
  const islands = hosts.map(({ slug, host, name: islandName }): [string, Here] => {
    const here = { ...shown, ownIsland: slug, origin: originOf(ctx.config, host) };
    return [host, { ...here, frame: islandFrame(here, islandName, name, theme) }];
  });
  return { movement: { ...base, frame: movementFrame(base, name, theme) }, islands: new Map(islands) };
}

const siteOf = ({ movement, islands }: Sites, hostHeader: string): Here =>
  islands.get(hostHeader.toLowerCase().replace(/:\d+$/, "")) ?? movement;

/** Scheme, host and port of an island's own host name: as BASE_URL, with that host. */
function originOf({ baseUrl }: Config, host: string): string {
  const { protocol, port } = new URL(baseUrl);
  return `${protocol}//${host}${port && `:${port}`}`;
}
