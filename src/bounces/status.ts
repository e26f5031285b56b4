import { severityOf, statusIn } from "../suppressions/operations.ts";
import { senderRefused, statusInWords } from "./wording.ts";

/** The SMTP answer in a text: "550" in "smtp; 550 user unknown". */
const answerIn = (text: string): string | null =>
  /(?:^|[\s;:"'(])([45]\d\d)(?=[\s-])/.exec(text)?.[1] ?? null;

/** Statuses that servers give for all kinds of reasons, so that the words say more. */
const vague = /^5\.(0\.\d+|[1-7]\.0|3\.\d+|4\.1|5\.\d+|7\.1)$/;

/**
 * The status that counts: what the report says, corrected by the remote server's own status and words where it is
 * missing, says nothing or lies. Words that refuse the sender beat every status; those that speak for a passing or a
 * policy reason a hard one or one that says nothing; those that say that an address is gone a vague one only. None beats a temporary one.
 */
export function effectiveStatus(reported: string | null, diagnostic: string): string {
  const remote = statusIn(diagnostic);
  const answer = answerIn(diagnostic);
  const status = moreCertain(reported, remote) ?? (answer ? `${answer[0]}.0.0` : null);
  if (status?.startsWith("4")) return status;
  const meant = statusInWords(diagnostic);
  if (!meant) return status ?? "5.0.0";
  if (!status) return meant;
  if (meant === senderRefused) return meant;
  if (severityOf(meant) === "hard") return vague.test(status) ? meant : status;
  const isWeak = severityOf(status) === "hard" || /\.0\.0$|^5\.1\.0$/.test(status);
  return isWeak ? meant : status;
}

/** The remote server's status instead of the report's where that is missing, general, or only "not yet". */
function moreCertain(reported: string | null, remote: string | null): string | null {
  if (!reported || !remote) return reported ?? remote;
  const general = /^[45]\.0\.0$/.test(reported);
  const gaveUp = reported.startsWith("4") && remote.startsWith("5");
  return (general || gaveUp) && !remote.startsWith("2") ? remote : reported;
}

const byWeight = ["ours", "soft", "hard"];
const weight = (status: string) => byWeight.indexOf(severityOf(status));

/** The one of two statuses that speaks least for giving an address up. */
export const milder = (one: string, other: string): string => (weight(other) < weight(one) ? other : one);
