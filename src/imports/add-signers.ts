import type { Ctx } from "../platform/context.ts";
import { type Appearance, addPaperSignatures } from "../signatures/operations.ts";
import { addPeople, givenAt, keepProofs } from "./add-people.ts";
import type { GoodRow, HeldImport } from "./work.ts";

/**
 * Adds signatures from paper: only counted, unless the statement says that these people agreed to be shown. All have
 * the import's id as their batch. Returns the addresses that were added.
 */
export async function addSigners(ctx: Ctx, held: HeldImport, rows: GoodRow[]): Promise<string[]> {
  const people = await addPeople(ctx, rows);
  const given = rows.flatMap((row) => {
    const personId = people.get(row.key);
    return personId ? [{ ...row, personId, givenAt: givenAt(held, row) }] : [];
  });
  const added = await addPaperSignatures(
    ctx,
    given.map(({ personId, givenAt, data }) => ({
      personId,
      appearance: held.shows ? (data.appearance as Appearance) : "counted",
      name: data.name ?? "",
      ...{ role: data.role ?? null, organisation: data.organisation ?? null, place: data.place ?? null },
      signedAt: givenAt,
    })),
    held.id,
  );
  const ids = new Set(added);
  const isNew = given.filter(({ personId }) => ids.has(personId));
  await keepProofs(ctx, held, "signature", isNew);
  return isNew.map(({ key }) => key);
}
