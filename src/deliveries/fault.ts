import type { Ctx } from "../platform/context.ts";

/** What passes by itself is given an hour, in milliseconds. */
const patience = 3_600_000;

/** A bad certificate, or a host name that does not exist: a person has to mend it, so waiting is of no use. */
const neverPasses =
  /^(EDNS|ENOTFOUND|ENODATA|ETLS|ERR_TLS|ERR_SSL|CERT_|.*(_CERT|_CERTIFICATE|_SIGNATURE|CERT_IN_CHAIN)\b)/;

/** What the mail server says or does when a person has to mend it, with its code; which words tell of it. */
export type SendingFault = { kind: "refused" | "unreachable"; code: string };

/**
 * Whether the mail server's trouble is for the operator: a refusal of all our mail (5xx), a certificate or a name at once;
 * a connection that is refused, and all else, after an hour.
 */
export function faultOf(code: string | null, since: Date | null, now: Date): SendingFault | null {
  if (code === null) return null;
  if (code.startsWith("5")) return { kind: "refused", code };
  const lasts = since !== null && now.getTime() - since.getTime() >= patience;
  return neverPasses.test(code) || lasts ? { kind: "unreachable", code } : null;
}

/** Why newsletters do not leave, as a code, once it is for a person to mend; null when all is well, or nothing is to go. */
export async function findSendingFault(ctx: Ctx): Promise<string | null> {
  const bucket = await ctx.db
    .selectFrom("send_buckets")
    .select(["trouble", "trouble_since"])
    .where("domain", "=", "*")
    .where("trouble_since", "is not", null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("editions").select("id").where("state", "=", "sending").where("finished_at", "is", null),
      ),
    )
    .executeTakeFirst();
  return bucket ? (faultOf(bucket.trouble, bucket.trouble_since, ctx.now())?.code ?? null) : null;
}
