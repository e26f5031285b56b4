import type { Migration } from "kysely/migration";
import * as firstIslands from "./0001-first-islands.ts";
import * as acts from "./0002-acts.ts";
import * as signingAndJoining from "./0003-signing-and-joining.ts";
import * as workplace from "./0004-workplace.ts";
import * as editions from "./0005-editions.ts";
import * as bounces from "./0006-bounces.ts";
import * as media from "./0007-media.ts";
import * as imports from "./0008-imports.ts";
import * as work from "./0009-work.ts";
import * as editionsOnTheWeb from "./0010-editions-on-the-web.ts";
import * as openedPages from "./0011-opened-pages.ts";
import * as answersThatArrive from "./0012-answers-that-arrive.ts";
import * as previewLinks from "./0013-preview-links.ts";
import * as sending from "./0014-sending.ts";
import * as whatComesBack from "./0015-what-comes-back.ts";
import * as actsApart from "./0016-acts.ts";
import * as providersThatRefuse from "./0017-providers-that-refuse.ts";
import * as keyFingerprint from "./0018-key-fingerprint.ts";
import * as afterARestore from "./0019-after-a-restore.ts";
import * as plannedBy from "./0020-planned-by.ts";
import * as whatImportsSay from "./0021-what-imports-say.ts";

/** One ordered history, forward only; each runs in a transaction. */
export const migrations: Record<string, Migration> = {
  "0001-first-islands": firstIslands,
  "0002-acts": acts,
  "0003-signing-and-joining": signingAndJoining,
  "0004-workplace": workplace,
  "0005-editions": editions,
  "0006-bounces": bounces,
  "0007-media": media,
  "0008-imports": imports,
  "0009-work": work,
  "0010-editions-on-the-web": editionsOnTheWeb,
  "0011-opened-pages": openedPages,
  "0012-answers-that-arrive": answersThatArrive,
  "0013-preview-links": previewLinks,
  "0014-sending": sending,
  "0015-what-comes-back": whatComesBack,
  "0016-acts": actsApart,
  "0017-providers-that-refuse": providersThatRefuse,
  "0018-key-fingerprint": keyFingerprint,
  "0019-after-a-restore": afterARestore,
  "0020-planned-by": plannedBy,
  "0021-what-imports-say": whatImportsSay,
};
