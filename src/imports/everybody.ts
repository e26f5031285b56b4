import type { Selectable } from "kysely";
import { guess } from "./guessing.ts";
import { plain } from "./plain.ts";
import type { EverybodyStands, ImportTable } from "./table.ts";

/** How everybody in a file stands, by its name; null where a column tells of each, or the name says nothing. */
export function guessEverybody({ kind, header, file_name, survey }: GivenFile): EverybodyStands | null {
  const tells = guess(kind, header, survey).some((meaning, at) => {
    const values = survey?.[at];
    return (meaning === "status" || meaning === "blocked") && values && 2 * values.statuses >= values.filled;
  });
  return kind === "initiatives" || tells ? null : byName(file_name);
}

type GivenFile = Pick<Selectable<ImportTable>, "kind" | "header" | "file_name" | "survey">;

/**
 * How everybody stands in a file of that name: Mailchimp gives who said no in files of their own
 * ("unsubscribed_email_audience_export_….csv", "cleaned_…", "nonsubscribed_…"), of which the last has no column that
 * tells. Null for a name that says nothing of the kind.
 */
function byName(fileName: string): EverybodyStands | null {
  const word = plain(fileName.replace(/\.\w+$/, ""));
  if (/complain|klacht|spam/.test(word)) return "complained";
  if (/cleaned|bounce|onbestelbaar|undeliver|invalid/.test(word)) return "gone";
  return /unsub|nonsub|optout|optedout|uitgeschr|afgemeld|afmeld|opgezegd|suppress|blocklist|blacklist|geblok|archived|unconfirmed|nietbevestigd|pending/.test(
    word,
  )
    ? "ended"
    : null;
}
