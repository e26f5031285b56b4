import type { Ctx } from "../platform/context.ts";

/** Hashes of addresses that nobody here has any more stay so long, in milliseconds: two years. */
const hashKeptFor = 2 * 365 * 86_400_000;

const hashOf = (ctx: Ctx, address: string) => ctx.keys.hash("suppressed", address);

/** Of addresses of which nobody is known any more, a keyed hash is enough to know them again. */
export async function hideSuppressions(ctx: Ctx, addresses: string[]): Promise<void> {
  if (addresses.length === 0) return;
  const rows = await ctx.db
    .deleteFrom("suppressions")
    .where("address", "in", addresses)
    .returning(["address", "reason", "since"])
    .execute();
  if (rows.length === 0) return;
  await ctx.db
    .insertInto("erased_suppressions")
    .values(rows.map(({ address, ...kept }) => ({ address_hash: hashOf(ctx, address), ...kept })))
    .onConflict((conflict) =>
      conflict.column("address_hash").doUpdateSet(({ ref }) => ({ since: ref("excluded.since") })),
    )
    .execute();
}

/**
 * When addresses (lower-case, a few thousand at most) become known again, what held for them holds again, until their
 * owners subscribe.
 */
export async function recallSuppressions(ctx: Ctx, addresses: string[]): Promise<void> {
  if (addresses.length === 0) return;
  const byHash = new Map(addresses.map((address) => [hashOf(ctx, address), address]));
  const kept = await ctx.db
    .deleteFrom("erased_suppressions")
    .where("address_hash", "in", [...byHash.keys()])
    .returning(["address_hash", "reason", "since"])
    .execute();
  const rows = kept.flatMap(({ address_hash, ...what }) => {
    const address = byHash.get(address_hash);
    return address ? [{ address, ...what, detail: null, edition_id: null }] : [];
  });
  if (rows.length === 0) return;
  await ctx.db
    .insertInto("suppressions")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The same for one. */
export const recallSuppression = (ctx: Ctx, address: string) => recallSuppressions(ctx, [address]);

/** Hides the addresses that belong to nobody known any more, and forgets hashes that are old. For the nightly job. */
export async function forgetOldSuppressions(ctx: Ctx): Promise<void> {
  for (let addresses = [""]; addresses.length > 0; ) {
    const rows = await ctx.db
      .selectFrom("suppressions as s")
      .select("s.address")
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom("people as p").select("p.id").whereRef("p.email", "=", "s.address"))),
      )
      .limit(500)
      .execute();
    addresses = rows.map(({ address }) => address);
    await hideSuppressions(ctx, addresses);
  }
  const before = new Date(ctx.now().getTime() - hashKeptFor);
  await ctx.db.deleteFrom("erased_suppressions").where("since", "<", before).execute();
}
