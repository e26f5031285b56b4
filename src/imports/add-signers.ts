import type { Ctx } from "../platform/context.ts";
import { type Appearance, addPaperSignatures, type PaperSignature } from "../signatures/operations.ts";
import { addPeople, keepProofs } from "./add-people.ts";
import { type Batch, type HeldImport, readBatch } from "./batch.ts";

const appearanceIn = (data: Record<string, string | null>, { shows }: HeldImport) =>
  shows ? (data.appearance as Appearance) : "counted";

/**
 * Adds signatures from paper: only counted, unless the statement says that these people agreed to be shown. All have
 * the import's id as their batch. Returns how many were added.
 */
export async function addSigners(ctx: Ctx, batch: Batch): Promise<number> {
  const { held } = batch;
  await addPeople(ctx, batch);
  const given = (await readBatch(ctx, batch)).flatMap(({ personId, data }) =>
    personId ? [{ personId, data }] : [],
  );
  const added = await addPaperSignatures(
    ctx,
    given.map(({ personId, data }) => ({
      personId,
      appearance: appearanceIn(data, held),
      name: data.name ?? "",
      ...{ role: data.role ?? null, organisation: data.organisation ?? null, place: data.place ?? null },
      motivation: data.motivation ?? null,
      // What nobody sees needs no moderator.
      motivationState:
        appearanceIn(data, held) === "counted"
          ? null
          : ((data.motivationState as PaperSignature["motivationState"]) ?? null),
      signedAt: new Date(data.filledIn ?? data.given ?? `${held.statement_day}T12:00:00Z`),
      confirmedAt: new Date(data.given ?? data.filledIn ?? `${held.statement_day}T12:00:00Z`),
    })),
    held.id,
  );
  await keepProofs(ctx, batch, "signature", added);
  return added.length;
}
