import { listOwnHosts } from "../initiatives/queries.ts";
import type { Config } from "../platform/config.ts";
import type { ContentVersion } from "../platform/content-version.ts";
import type { Ctx } from "../platform/context.ts";
import type { Here } from "../visit.tsx";
import { islandFrame, movementFrame } from "./frame.ts";
import { getMovement } from "./queries.ts";

/** Which site answers to a host name; kept in memory until content changes. */
export class SiteDirectory {
  #sites: Promise<{ movement: Here; islands: Map<string, Here> }> | null = null;
  #ctx: Pick<Ctx, "db" | "config">;
  #version: ContentVersion;

  constructor(ctx: Pick<Ctx, "db" | "config">, version: ContentVersion) {
    this.#ctx = ctx;
    this.#version = version;
    version.onChange(() => {
      this.#sites = null;
    });
  }

  /** The site for a Host header (with or without port). Unknown hosts get the movement. */
  async find(hostHeader: string): Promise<Here> {
    const loading = (this.#sites ??= this.#load());
    const { movement, islands } = await loading;
    if (!this.#version.listening()) this.#sites = null;
    return islands.get(hostHeader.toLowerCase().replace(/:\d+$/, "")) ?? movement;
  }

  async #load() {
    try {
      const [movement, hosts] = await Promise.all([getMovement(this.#ctx), listOwnHosts(this.#ctx)]);
      const movementOrigin = this.#ctx.config.baseUrl;
      const base = { movementOrigin, ownIsland: null, origin: movementOrigin };
      const name = movement?.name ?? { nl: "Archipel" };
      const islands = hosts.map(({ slug, host, name: islandName }): [string, Here] => {
        const here = { movementOrigin, ownIsland: slug, origin: originOf(this.#ctx.config, host) };
        return [host, { ...here, frame: islandFrame(here, islandName, name) }];
      });
      return { movement: { ...base, frame: movementFrame(base, name) }, islands: new Map(islands) };
    } catch (error) {
      this.#sites = null;
      throw error;
    }
  }
}

/** Scheme, host and port of an island's own host name: as BASE_URL, with that host. */
function originOf({ baseUrl }: Config, host: string): string {
  const { protocol, port } = new URL(baseUrl);
  return `${protocol}//${host}${port && `:${port}`}`;
}
