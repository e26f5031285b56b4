import { DeskRoutes, type DeskVisit, may, stillMay, whereMay } from "../accounts/operations.ts";
import { getProgress, streamProgress } from "../deliveries/queries.ts";
import { forFrame, framingHeaders, mailHtmlHeaders } from "../mailbox/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Limit } from "../platform/limits.ts";
import { readFields } from "../protection/operations.ts";
import { listHoldsOf } from "../suppressions/queries.ts";
import type { VisitContext } from "../visit.tsx";
import { asTyped, chosenMoment, isUuid, tomorrowAtNine, typedMoment } from "../writing/operations.ts";
import { audienceOf } from "./audience.ts";
import { linkFindings, linksIn, lookAt } from "./checks.ts";
import { didTestFail, listInitiativesToPick, listThemes } from "./desk-queries.ts";
import { DraftPage } from "./draft-page.tsx";
import { composeLetters } from "./letter.ts";
import { readReport, writeReport } from "./link-report.ts";
import { askOwn, checkLinks, type LinkReport } from "./links.ts";
import {
  askTest,
  changeEdition,
  chooseSegment,
  type EditionChange,
  removeEdition,
  sendEdition,
  wholeOf,
} from "./operations.ts";
import { inScheme, pictureOrigins, previewLetters, schemes } from "./preview.ts";
import { PreviewPage } from "./preview-page.tsx";
import { type Edition, getEdition, placeOfEdition } from "./queries.ts";
import { ScheduleEditionPage } from "./schedule-page.tsx";
import { readSegment, segmentAsTyped, type TypedSegment } from "./segment-form.ts";
import { SendingPage } from "./sending-page.tsx";

const write = "newsletters.write";
const send = "newsletters.send";

const idOf = (c: VisitContext) => c.req.param("id") ?? "";
const ofEdition = async (c: VisitContext) =>
  isUuid(idOf(c)) ? placeOfEdition(c.var.visit.ctx, idOf(c)) : undefined;

/** Somebody looks a few times; a program would ask the whole web. */
const lookLimit: Limit = { name: "edition-links", points: 10, seconds: 600 };
const testLimit: Limit = { name: "edition-tests", points: 20, seconds: 3600 };

type Answer = (c: VisitContext, visit: DeskVisit, edition: Edition) => Response | Promise<Response>;
const withEdition = (answer: Answer) => async (c: VisitContext, visit: DeskVisit) => {
  const edition = await getEdition(visit.ctx, idOf(c));
  return edition ? answer(c, visit, edition) : c.notFound();
};

/** An edition: looked at, sent, and followed. */
export const editionsDesk = new DeskRoutes()
  .get(
    (to) => to.one("editions", ":id"),
    write,
    ofEdition,
    withEdition((c, visit, edition) => showEdition(c, visit, edition)),
  )
  .get((to) => to.part("editions", ":id", "preview"), write, ofEdition, withEdition(showPreview))
  .get((to) => to.part("editions", ":id", "html"), write, ofEdition, withEdition(showHtml))
  .get(
    (to) => to.part("editions", ":id", "progress"),
    write,
    ofEdition,
    (c, visit) =>
      streamProgress(c, visit.ctx, idOf(c), {
        session: visit.person.sessionId,
        stillMay: () => stillMay(visit, write),
      }),
  )
  .post((to) => to.part("editions", ":id", "checkLink"), write, ofEdition, withEdition(lookAtLinks))
  .post((to) => to.part("editions", ":id", "testSend"), write, ofEdition, withEdition(testSend))
  .post((to) => to.part("editions", ":id", "save"), write, ofEdition, withEdition(saveSegment))
  .post(
    (to) => to.part("editions", ":id", "remove"),
    write,
    ofEdition,
    withEdition(async (c, { ctx, person, desk }, { id, newsletter_id }) => {
      const outcome = await removeEdition(ctx, { id, personId: person.id });
      const at = outcome === "removed" ? desk.one("newsletters", newsletter_id) : desk.one("editions", id);
      return c.redirect(`${at}?done=${outcome === "removed" ? "removed" : "late"}`, 303);
    }),
  )
  .post((to) => to.part("editions", ":id", "send"), send, ofEdition, withEdition(sendNow))
  .get((to) => to.part("editions", ":id", "schedule"), send, ofEdition, withEdition(askMoment))
  .post((to) => to.part("editions", ":id", "schedule"), send, ofEdition, withEdition(schedule));

const changes = ["undo", "stop", "goOn", "cancel", "resend", "repeat"] as const satisfies EditionChange[];
for (const what of changes)
  editionsDesk.post(
    (to) => to.part("editions", ":id", what),
    send,
    ofEdition,
    async (c, { ctx, person, desk }) => {
      const result = await changeEdition(ctx, what, { id: idOf(c), personId: person.id });
      const done = result.kind === "done" ? what : "late";
      return c.redirect(`${desk.one("editions", idOf(c))}?done=${done}`, 303);
    },
  );

/** What only takes a form shows the edition to who reads its address again. */
for (const what of ["checkLink", "testSend", "save", "remove", "send", ...changes] as const)
  editionsDesk.get(
    (to) => to.part("editions", ":id", what),
    write,
    ofEdition,
    (c, { desk }) => c.redirect(desk.one("editions", idOf(c)), 303),
  );

const announcements = [
  "undo",
  "stop",
  "goOn",
  "cancel",
  "resend",
  "repeat",
  "late",
  "send",
  "schedule",
  "test",
  "links",
] as const;

function announcedIn(c: VisitContext, { t }: DeskVisit): string | undefined {
  const asked = c.req.query("done");
  if (asked === "audience") return t("editions:done.audience");
  if (asked === "testsFull") return t("editions:done.testsFull");
  const done = announcements.find((one) => one === asked);
  return done && t(`editions:done.${done}`);
}

type Shown = { errors?: FieldErrors; typed?: TypedSegment };

/** The page of an edition as its state asks for it. */
async function showEdition(
  c: VisitContext,
  visit: DeskVisit,
  edition: Edition,
  { errors = [], typed }: Shown = {},
): Promise<Response> {
  const { ctx, person } = visit;
  const maySend = may(person.roles, send, edition.initiative_id);
  const shared = { visit, edition, maySend, announce: announcedIn(c, visit) };
  if (edition.state !== "draft") {
    const progress = await getProgress(ctx, edition.id);
    if (!progress) return c.notFound();
    return c.html(<SendingPage {...shared} progress={progress} holds={await listHoldsOf(ctx, edition.id)} />);
  }
  const [audience, pickable, testFailed] = await Promise.all([
    audienceOf(ctx, edition),
    pickableFor(visit, edition),
    didTestFail(ctx, edition.id, person.id),
  ]);
  const { letters, findings } = await lookAt(ctx, edition, wholeOf(edition), audience);
  const links = readReport(ctx, edition.id, linksIn(letters), c.req.query("links") ?? "");
  const found = [...findings, ...linkFindings(letters, links)];
  const page = { ...shared, audience, pickable, testFailed, findings: found, errors, links };
  return c.html(
    <DraftPage {...page} typed={typed ?? segmentAsTyped(edition.segment)} />,
    errors.length > 0 ? 422 : 200,
  );
}

async function pickableFor({ ctx, person }: DeskVisit, { segment }: Edition) {
  const places = whereMay(person.roles, write);
  const [themes, initiatives] = await Promise.all([
    listThemes(ctx),
    listInitiativesToPick(ctx, places, segment.initiatives ?? []),
  ]);
  return { themes, initiatives };
}

async function saveSegment(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const typed = await readFields(c);
  const { themes, initiatives } = await pickableFor(visit, edition);
  const read = readSegment(typed, {
    themes: themes.map(({ slug }) => slug),
    initiatives: initiatives.map(({ id }) => id),
  });
  if (read.kind === "wrong") return showEdition(c, visit, edition, { errors: read.errors, typed });
  const changed = await chooseSegment(visit.ctx, { edition, personId: visit.person.id }, read.segment);
  const done = changed ? "audience" : "late";
  return c.redirect(`${visit.desk.one("editions", edition.id)}?done=${done}`, 303);
}

const chosenIn = (c: VisitContext) => ({
  language: c.req.query("taal"),
  scheme: schemes.find((one) => one === c.req.query("beeld")) ?? "light",
});

async function showPreview(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const letters = await previewLetters(visit.ctx, edition, visit.person.name);
  const { language, scheme } = chosenIn(c);
  const shown = letters.find((one) => one.language === language) ?? letters[0];
  for (const [name, value] of Object.entries(framingHeaders(visit.ctx.config.secure))) c.header(name, value);
  return c.html(<PreviewPage {...{ visit, edition, letters, shown, scheme }} />);
}

/** The mail itself, for a frame: nothing in it runs, and its pictures come from this installation only. */
async function showHtml(c: VisitContext, { ctx, person }: DeskVisit, edition: Edition): Promise<Response> {
  const { language, scheme } = chosenIn(c);
  const letter = (await previewLetters(ctx, edition, person.name)).find((one) => one.language === language);
  if (!letter) return c.notFound();
  const policy = mailHtmlHeaders["content-security-policy"]?.replace(
    "img-src data:",
    `img-src data: ${pictureOrigins(ctx, edition).join(" ")}`,
  );
  return new Response(forFrame(inScheme(letter.html, scheme)), {
    headers: {
      ...mailHtmlHeaders,
      ...(policy && { "content-security-policy": policy }),
      "content-type": "text/html; charset=utf-8",
    },
  });
}

async function lookAtLinks(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const { ctx, person } = visit;
  const { within } = await ctx.limits.take(lookLimit, ctx.keys.hash("edition-links", person.id));
  const urls = linksIn(await composeLetters(ctx, edition, wholeOf(edition)));
  const report: LinkReport = within
    ? await checkLinks(ctx, urls, { own: askOwn(ctx, c.env.render) })
    : { looked: 0, dead: [], unknown: urls.length };
  const links = writeReport(ctx, edition.id, urls, report);
  const query = new URLSearchParams({ done: "links", links });
  return c.redirect(`${visit.desk.one("editions", edition.id)}?${query}#links`, 303);
}

async function testSend(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const { ctx, person, desk } = visit;
  const { within } = await ctx.limits.take(testLimit, ctx.keys.hash("edition-tests", person.id));
  if (within) await askTest(ctx, edition, person.id);
  return c.redirect(`${desk.one("editions", edition.id)}?done=${within ? "test" : "testsFull"}`, 303);
}

async function sendNow(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const { seen = "" } = await readFields(c);
  return begin(c, visit, edition, { seen });
}

async function askMoment(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  // Without what was seen nobody can tell whether it is still that: to be looked at first.
  const seen = c.req.query("seen");
  if (edition.state !== "draft" || !seen) return c.redirect(visit.desk.one("editions", edition.id), 303);
  const typed = asTyped(tomorrowAtNine(visit.ctx.now()));
  return c.html(<ScheduleEditionPage {...{ visit, edition, seen, typed }} errors={[]} />);
}

async function schedule(c: VisitContext, visit: DeskVisit, edition: Edition): Promise<Response> {
  const fields = await readFields(c);
  const typed = typedMoment(fields);
  const chosen = chosenMoment(typed);
  const { seen = "" } = fields;
  const page = { visit, edition, seen, typed };
  if (chosen.kind === "problem")
    return c.html(<ScheduleEditionPage {...page} errors={[chosen.problem]} twice={chosen.twice} />, 422);
  if (chosen.at.getTime() <= visit.ctx.now().getTime())
    return c.html(
      <ScheduleEditionPage {...page} errors={[{ name: "day", message: "writing:moment.past" }]} />,
      422,
    );
  return begin(c, visit, edition, { seen, at: chosen.at });
}

async function begin(
  c: VisitContext,
  visit: DeskVisit,
  edition: Edition,
  how: { seen: string; at?: Date },
): Promise<Response> {
  const { ctx, person, desk } = visit;
  const result = await sendEdition(ctx, { id: edition.id, personId: person.id, ...how });
  const at = desk.one("editions", edition.id);
  switch (result.kind) {
    case "scheduled":
      return c.redirect(`${at}?done=${how.at ? "schedule" : "send"}`, 303);
    case "stops":
      return showEdition(c, visit, edition, {
        errors: result.findings.map(({ text }) => ({ name: "versturen", message: `editions:check.${text}` })),
      });
    case "changed":
      return showEdition(c, visit, edition, {
        errors: [{ name: "versturen", message: "editions:send.changed" }],
      });
    case "not-now":
      return c.redirect(`${at}?done=late`, 303);
    case "not-found":
      return c.notFound();
    default:
      return result satisfies never;
  }
}
