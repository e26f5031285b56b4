import type { Ctx } from "../platform/context.ts";

/** What an act was done to: the name of its id in an entry's details, and the table that holds it. */
const tables = {
  tip: "tips",
  offer: "participations",
  proposal: "proposals",
  signature: "signatures",
  import: "imports",
  image: "media",
  edition: "editions",
  newsletter: "newsletters",
  document: "documents",
} as const;

export type AuditObject = keyof typeof tables;
const kinds = Object.keys(tables) as AuditObject[];

const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** The one thing that an entry's details point to; null where there is none. */
export function objectIn(details: Record<string, unknown>): { kind: AuditObject; id: string } | null {
  for (const kind of kinds) {
    const id = details[kind];
    if (isUuid(id)) return { kind, id };
  }
  return null;
}

/** Of what these entries point to, the ids of what is still there. */
export async function stillThere(
  ctx: Ctx,
  entries: readonly { details: Record<string, unknown> }[],
): Promise<Set<string>> {
  const objects = entries.flatMap(({ details }) => objectIn(details) ?? []);
  const found = await Promise.all(
    kinds.map((kind) => {
      const ids = objects.filter((one) => one.kind === kind).map(({ id }) => id);
      return ids.length === 0
        ? []
        : ctx.db.selectFrom(tables[kind]).select("id").where("id", "in", ids).execute();
    }),
  );
  return new Set(found.flat().map(({ id }) => id));
}
