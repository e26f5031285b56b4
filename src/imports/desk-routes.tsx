import { z } from "zod";
import { DeskRoutes, type DeskVisit, may, whereMay } from "../accounts/operations.ts";
import { newslettersOf } from "../lists/queries.ts";
import { fairTurns } from "../platform/fair-turns.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { noRoom, type Upload, type UploadStatus, uploadStatus, withUpload } from "../platform/uploads.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { errorsFile } from "./errors-file.ts";
import { ImportsPage } from "./list-page.tsx";
import { type MatchError, readMatching } from "./matching.ts";
import {
  beginImport,
  goOnWithImport,
  matchColumns,
  removeImport,
  runImport,
  stopImport,
} from "./operations.ts";
import { ImportPage } from "./pages.tsx";
import { getImport, getProgress, listImports, placeOfImport, placeOfNewsletter } from "./queries.ts";
import { encodings } from "./reading.ts";
import { importKinds } from "./table.ts";
import { takeBackImport } from "./take-back.ts";
import { maxFileBytes } from "./upload.ts";

const action = "subscribers.import";
const idOf = (c: VisitContext) => c.req.param("id") ?? "";
const ofImport = async (c: VisitContext) =>
  z.uuid().safeParse(idOf(c)).success ? placeOfImport(c.var.visit.ctx, idOf(c)) : undefined;

/**
 * Files with people or initiatives that are read in. A lead has those for the own newsletter; all others belong to the
 * movement, as only its owner may import them.
 */
export const importsDesk = new DeskRoutes()
  .get(
    (to) => to.section("imports"),
    action,
    "anywhere",
    (c, visit) => showImports(c, visit),
  )
  .post((to) => to.section("imports"), action, "anywhere", upload)
  .get(
    (to) => to.one("imports", ":id"),
    action,
    ofImport,
    (c, visit) => showImport(c, visit),
  )
  .get(
    (to) => to.part("imports", ":id", "match"),
    action,
    ofImport,
    (c, visit) => showImport(c, visit, true),
  )
  .post((to) => to.part("imports", ":id", "match"), action, ofImport, match)
  .post(
    (to) => to.part("imports", ":id", "run"),
    action,
    ofImport,
    (c, visit) => step(c, visit, runImport),
  )
  .post(
    (to) => to.part("imports", ":id", "stop"),
    action,
    ofImport,
    (c, visit) => step(c, visit, stopImport),
  )
  .post(
    (to) => to.part("imports", ":id", "goOn"),
    action,
    ofImport,
    (c, visit) => step(c, visit, goOnWithImport),
  )
  .post(
    (to) => to.part("imports", ":id", "takeBack"),
    action,
    ofImport,
    (c, visit) => step(c, visit, takeBackImport),
  )
  .post(
    (to) => to.part("imports", ":id", "remove"),
    action,
    ofImport,
    async (c, visit) => {
      const done = await removeImport(visit.ctx, { id: idOf(c), personId: visit.person.id });
      const { desk } = visit;
      return c.redirect(
        done === "done" ? `${desk.section("imports")}?done=removed` : desk.one("imports", idOf(c)),
        303,
      );
    },
  )
  .get(
    (to) => to.part("imports", ":id", "progress"),
    action,
    ofImport,
    async (c, visit) => c.json(await getProgress(visit.ctx, idOf(c))),
  )
  .get(
    (to) => to.part("imports", ":id", "errors"),
    action,
    ofImport,
    async (c, visit) => {
      const one = await getImport(visit.ctx, idOf(c));
      const which = c.req.query("rows") === "disagrees" ? "disagrees" : "bad";
      return one ? errorsFile(visit, one, which) : c.notFound();
    },
  );

const kindsFor = ({ person }: DeskVisit) =>
  importKinds.filter((kind) => whereMay(person.roles, `${kind}.import`).length > 0);

async function showImports(
  c: VisitContext,
  visit: DeskVisit,
  errors: FieldErrors = [],
  typed: Record<string, string> = {},
  status: 200 | UploadStatus = errors.length > 0 ? 422 : 200,
) {
  const places = whereMay(visit.person.roles, action);
  const [imports, newsletters] = await Promise.all([
    listImports(visit.ctx, places),
    newslettersOf(visit, places),
  ]);
  const announce = c.req.query("done") === "removed" ? visit.t("imports:removed") : undefined;
  const props = { visit, imports, newsletters, errors, typed, announce, kinds: kindsFor(visit) };
  return c.html(<ImportsPage {...props} />, status);
}

/** Files are put in the database two at a time, one per person: that takes a connection and a processor for a while. */
const reading = fairTurns({ most: 2, each: 1 });

function upload(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, person } = visit;
  const { dataDir } = ctx.config;
  const given = { dataDir, request: c.req.raw, personId: person.id, most: maxFileBytes };
  return withUpload(given, (upload) => takeIn(c, visit, upload));
}

async function takeIn(c: VisitContext, visit: DeskVisit, upload: Upload): Promise<Response> {
  const { fields } = upload;
  const wrong = (name: string, message: string, status?: UploadStatus) =>
    showImports(c, visit, [{ name, message }], fields, status);
  const kind = kindsFor(visit).find((one) => one === fields.kind);
  const came = upload.kind === "received" || upload.kind === "no-file";
  if (!came) return wrong("file", `imports:file.${upload.kind}`, uploadStatus(upload));
  if (!kind) return wrong("kind", "imports:kind.missing");
  const newsletterId = kind === "subscribers" ? (fields.newsletter ?? "") : null;
  const place =
    newsletterId === null
      ? null
      : z.uuid().safeParse(newsletterId).success
        ? await placeOfNewsletter(visit.ctx, newsletterId)
        : undefined;
  if (place === undefined || !may(visit.person.roles, `${kind}.import`, place))
    return wrong("newsletter", "imports:new.newsletterMissing");
  if (upload.kind !== "received") return wrong("file", `imports:file.${upload.kind}`);
  const result = await reading(visit.person.id, () =>
    beginImport(visit.ctx, {
      ...{ kind, newsletterId, initiativeId: place, personId: visit.person.id, file: upload.file },
      encoding: encodings.find((one) => one === fields.encoding) ?? null,
    }).catch(noRoom),
  );
  if (result.kind === "no-room") return wrong("file", "imports:file.no-room", uploadStatus(result));
  if (result.kind !== "stored") return wrong("file", `imports:file.${result.kind}`);
  return c.redirect(visit.desk.one("imports", result.id), 303);
}

async function showImport(
  c: VisitContext,
  visit: DeskVisit,
  again = false,
  errors: MatchError[] = [],
  typed: Record<string, string> = {},
) {
  const one = await getImport(visit.ctx, idOf(c));
  if (!one) return c.notFound();
  const open = one.state === "matching" || (one.state === "checked" && again);
  const props = { visit, one, errors, typed, matching: open && !one.cleared_at };
  return c.html(<ImportPage {...props} />, errors.length > 0 ? 422 : 200);
}

/** More columns than a short form has. */
const maxMatchBytes = 200_000;

async function match(c: VisitContext, visit: DeskVisit) {
  const one = await getImport(visit.ctx, idOf(c));
  if (!one) return c.notFound();
  const fields = await readFields(c, maxMatchBytes);
  const read = readMatching(one, fields, visit.ctx.now());
  if (read.kind === "wrong") return showImport(c, visit, true, read.errors, fields);
  return step(c, visit, (ctx, doing) => matchColumns(ctx, doing, read.matching));
}

async function step(
  c: VisitContext,
  { ctx, person, desk }: DeskVisit,
  doIt: (ctx: DeskVisit["ctx"], doing: { id: string; personId: string }) => Promise<unknown>,
) {
  await doIt(ctx, { id: idOf(c), personId: person.id });
  return c.redirect(desk.one("imports", idOf(c)), 303);
}
