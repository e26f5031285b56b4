export { forgetBylines } from "./bylines.ts";

import type { Ctx } from "../platform/context.ts";
import { beginDocument } from "../writing/operations.ts";
import { updateDocument } from "./document.ts";

type Begun = { initiativeId: string; personId: string; title: string; body: string };

/** Begins an update with words that are there already, in Dutch; nobody sees it until it is published. Its document's id. */
export const beginUpdate = (ctx: Ctx, { initiativeId, personId, title, body }: Begun): Promise<string> =>
  beginDocument(ctx, updateDocument, {
    ...{ initiativeId, personId },
    content: { title: { nl: title, en: "" }, body: { nl: body, en: "" } },
  });
