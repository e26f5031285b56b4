import { isIP } from "node:net";
import { noteAudit } from "../audit/operations.ts";
import { technical } from "../paths.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { identityHeader, nonceOf, proofOf } from "../platform/identity.ts";
import { isPublicAddress, probe } from "../platform/probe.ts";

export type AddressResult =
  | { kind: "saved"; host: string | null }
  /** No host name, or this installation's own. */
  | { kind: "invalid" }
  /** A name of the movement's own, which only an owner gives away; `name` is the movement's. */
  | { kind: "of-movement"; name: string }
  | { kind: "taken" }
  /** What the look at it found: `answers` is another site. */
  | { kind: "unreachable"; why: "unknown-host" | "timeout" | "refused" | "inside" | "answers" };

const hostName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** A host name as it was typed: without scheme, path and a full stop at its end, lower-case. */
const hostFrom = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*/s, "")
    .replace(/\.$/, "");

/**
 * The name that the movement's host name stands under: its last two parts, "beweging.nl" for www.beweging.nl. Of names
 * such as gov.uk that is more than the movement's own, which only means that an owner gives those. Null where there is
 * none (localhost).
 */
function movementName(base: string): string | null {
  const parts = base.split(".");
  return parts.length < 2 || isIP(base) ? null : parts.slice(-2).join(".");
}

type Wanted = {
  initiativeId: string;
  personId: string;
  typed: string;
  /** Whether who asks may give names of the movement's own: an owner. */
  ofMovement: boolean;
};

/**
 * Gives an island a host name of its own, or takes it away (""). Only one that leads to this installation already is
 * taken: else visitors would be sent to nowhere, or to somebody else. Names below the movement's own lead here all by
 * themselves where the server answers for all of them (www, beheer, mail), so that those take an owner.
 */
export async function setAddress(
  ctx: Ctx,
  { initiativeId, personId, typed, ofMovement }: Wanted,
): Promise<AddressResult> {
  const host = hostFrom(typed);
  if (host !== "") {
    const base = new URL(ctx.config.baseUrl).hostname;
    if (!hostName.test(host) || host === base) return { kind: "invalid" };
    const name = movementName(base);
    if (!ofMovement && name && (host === name || host.endsWith(`.${name}`)))
      return { kind: "of-movement", name };
    const found = await look(ctx, host);
    if (found !== "ours") return { kind: "unreachable", why: found };
  }
  return inTransaction(ctx, async (ctx) => {
    const taken =
      host !== "" &&
      (await ctx.db
        .selectFrom("initiatives")
        .select("id")
        .where("host", "=", host)
        .where("id", "!=", initiativeId)
        .executeTakeFirst());
    if (taken) return { kind: "taken" };
    await ctx.db
      .updateTable("initiatives")
      .set({ host: host || null })
      .where("id", "=", initiativeId)
      .execute();
    await noteAudit(ctx, { personId, action: "initiatives.address", initiativeId, subject: host || null });
    return { kind: "saved", host: host || null };
  });
}

type Found = "ours" | Extract<AddressResult, { kind: "unreachable" }>["why"];

/** Who answers at a host name. On this machine itself (BASE_URL on localhost) its own addresses may be asked as well. */
async function look({ config, keys }: Ctx, host: string): Promise<Found> {
  const { protocol, port, hostname } = new URL(config.baseUrl);
  const atHome = hostname === "localhost";
  const nonce = nonceOf(keys);
  const asked = new URL(`${protocol}//${host}${port && `:${port}`}${technical.identity}?nonce=${nonce}`);
  const found = await probe(asked.href, {
    ports: port ? [port] : [],
    isPublic: (address) => isPublicAddress(address) || (atHome && /^(127\.|::1$)/.test(address)),
  });
  switch (found.kind) {
    case "answers":
      return found.hops.length === 1 && found.headers[identityHeader] === proofOf(keys, asked.host, nonce)
        ? "ours"
        : "answers";
    case "inside":
      return "inside";
    case "not-asked":
      return "unknown-host";
    case "no-answer":
      return found.reason === "too-many-hops" ? "answers" : found.reason;
    default:
      return found satisfies never;
  }
}
