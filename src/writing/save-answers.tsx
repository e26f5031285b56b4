import { listFormats, momentInWords } from "../platform/i18n.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Differences, differencesBetween, labelOf } from "./differences.tsx";
import type { Document } from "./kinds.ts";
import { type Conflict, saveDocument, takeOther, theirPieces } from "./saving.ts";
import { editPage, type Sent, sent, type Working } from "./working.tsx";

/** Saving by the browser itself while somebody writes: the answer is JSON. */
export async function answerAutosave(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const { t, ctx, person } = visit;
  const { typed, ...written } = await sent(working);
  const saving = { ...written, id: document.id, personId: person.id, byItself: true };
  if (typed.then === "theirs") {
    const now = await takeOther(ctx, kind, saving);
    return now ? savedAnswer(working, now) : c.json({ kind: "not-found" }, 404);
  }
  const result = await saveDocument(ctx, kind, saving);
  switch (result.kind) {
    case "saved":
      return savedAnswer(working, result.document);
    case "invalid": {
      const errors = result.errors.map(({ name, message, values }) => ({
        name,
        message: t(message, values ?? {}),
      }));
      return c.json({ kind: "invalid", errors, version: result.document.version, rest: result.rest }, 422);
    }
    case "conflict": {
      const changed = theirPieces(kind, result).map(({ name, label, text }) => ({
        field: name,
        label: labelOf(t, label),
        theirs: text,
      }));
      const by = whoIn(working, result);
      const at = result.at.toISOString();
      return c.json({ kind: "conflict", by, at, changed, version: result.document.version }, 409);
    }
    case "not-found":
      return c.json({ kind: "not-found" }, 404);
    default:
      return result satisfies never;
  }
}

/** That it is kept, with what its kind has to tell by now: a colleague may have sent it off meanwhile. */
async function savedAnswer({ c, visit, kind }: Working, document: Document): Promise<Response> {
  const { t, ctx, language } = visit;
  const { version, changedAt } = document;
  const saved = t("writing:state.savedAt", { moment: momentInWords(changedAt, language) });
  const known = await kind.notice?.(ctx, document);
  const notice = known ? t(known) : null;
  return c.json({ kind: "saved", version, savedAt: changedAt.toISOString(), saved, notice });
}

const whoIn = ({ visit: { t, language } }: Working, { by }: Conflict): string =>
  listFormats[language].format(
    by.length > 0 ? by.map((name) => name ?? t("writing:somebody")) : [t("writing:somebody")],
  );

/**
 * Somebody else saved meanwhile: both texts, with words marked, above the form with what was typed. Nothing is lost
 * before somebody chooses: theirs, mine over it, or the two put together by hand.
 */
function conflictPage(working: Working, written: Sent, conflict: Conflict): Promise<Response> {
  const { content } = written;
  const { visit, kind } = working;
  const { t, language } = visit;
  const differences = differencesBetween(kind, conflict.document.content, content);
  const theirs = differences.filter(({ name }) => conflict.fields.includes(name));
  const by = whoIn(working, conflict);
  const notice = (
    <section class="notice notice--conflict" role="alert" aria-labelledby="samenloop" tabindex={-1} autofocus>
      <h2 id="samenloop">{t("writing:conflict.title", { by })}</h2>
      <p>{t("writing:conflict.text", { by, moment: momentInWords(conflict.at, language) })}</p>
      <Differences t={t} differences={theirs.length > 0 ? theirs : differences} />
      <p class="meta">{t("writing:conflict.legend", { by })}</p>
      <p>{t("writing:conflict.choose")}</p>
      <p class="actions">
        <button type="submit" form="tekst" class="nl-button nl-button--primary">
          {t("writing:conflict.mine")}
        </button>
        <button type="submit" form="tekst" name="then" value="theirs" class="nl-button nl-button--secondary">
          {t("writing:conflict.theirs")}
        </button>
        <ButtonLink look="subtle" href="#tekst">
          {t("writing:conflict.merge")}
        </ButtonLink>
      </p>
    </section>
  );
  const now = { ...working, document: conflict.document };
  const { version } = conflict.document;
  const props = { content, version, undecided: written.version, opened: written.from, notice };
  return editPage(now, props, 409);
}

/** Saves; where it cannot, answers with a page that keeps everything that was typed. */
export async function saveSent(
  working: Working,
  written: Sent,
): Promise<{ kind: "saved"; document: Document } | { kind: "answer"; response: Response }> {
  const { c, visit, kind, document } = working;
  const personId = visit.person.id;
  const result = await saveDocument(visit.ctx, kind, { ...written, id: document.id, personId });
  switch (result.kind) {
    case "saved":
      return result;
    case "invalid": {
      const now = { ...working, document: result.document };
      const props = { content: written.content, errors: result.errors, opened: written.from };
      return { kind: "answer", response: await editPage(now, props) };
    }
    case "conflict":
      return { kind: "answer", response: await conflictPage(working, written, result) };
    case "not-found":
      return { kind: "answer", response: await c.notFound() };
    default:
      return result satisfies never;
  }
}

/** Goes on with what somebody else saved; what was typed stays among the versions. */
export async function takeTheirs({ c, visit, kind, document }: Working, written: Sent): Promise<Response> {
  await takeOther(visit.ctx, kind, { ...written, id: document.id, personId: visit.person.id });
  return c.redirect(visit.desk.document(kind.kind, document.id), 303);
}
