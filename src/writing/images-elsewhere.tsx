import type { DeskVisit } from "../accounts/operations.ts";
import { imagesElsewhere } from "../ui/markdown.tsx";
import type { DocumentKind } from "./kinds.ts";
import type { Content } from "./table.ts";

type Props = { visit: DeskVisit; kind: DocumentKind; content: Content };

/** Which images in a text nobody gets to see, since they are on another site: on the site, in feeds and in mail. */
export function ImagesElsewhere({ visit: { t }, kind, content }: Props) {
  const pieces = kind.fields.flatMap((field) => field.pieces(content[field.name] ?? field.empty, field.name));
  const found = [...new Set(pieces.flatMap(({ text }) => imagesElsewhere(text)))];
  if (found.length === 0) return null;
  return (
    <div class="notice">
      <p>{t("writing:imagesElsewhere", { count: found.length })}</p>
      <ul>
        {found.map((src) => (
          <li>
            <code>{src.length > 200 ? `${src.slice(0, 199)}…` : src}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
