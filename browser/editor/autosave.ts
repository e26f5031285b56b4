import { putTheirs, showConflict } from "./conflict.ts";
import { element } from "./dom.ts";
import { type Values, valuesOf, without } from "./form-values.ts";
import { leftIn, offerLeftover } from "./leftover.ts";
import { type LocalDraft, localDraft } from "./local-draft.ts";
import { timeInWords } from "./notice.ts";
import { openedPage } from "./opened-page.ts";
import { postSave, type SaveAnswer } from "./save-answer.ts";
import { saveStatus } from "./save-status.ts";
import { isTouched } from "./touched.ts";
import type { Words } from "./words.ts";

/** Milliseconds: after the last key, at most while typing, to this browser's storage, and between attempts. */
const [rest, longest, local, firstRetry, lastRetry] = [2_000, 15_000, 300, 2_000, 60_000];

type ConflictAnswer = Extract<SaveAnswer, { kind: "conflict" }>;

/** Keeps what is typed: at the server after a rest, in this browser at once, until the server has it. */
export function autosave(form: HTMLFormElement, t: Words): void {
  const path = form.dataset.autosave ?? "";
  const page = openedPage(form);
  const drafts = localDraft(form.dataset.draftKey || location.pathname);
  const status = saveStatus(form);
  const key = (values: Values) => JSON.stringify(values);
  // somebody else saved meanwhile, and the page asks which text it is to be: until a button is pressed nothing is saved
  const undecided = form.dataset.undecided;
  // what the server has; a form that came back, with errors or with that question, was not taken
  const cameBack = undecided !== undefined || document.querySelector(".error-summary") !== null;
  const ahead = cameBack || isTouched(form);
  let known = ahead ? "" : key(valuesOf(form));
  let waiting: "conflict" | "signed-out" | null = undecided === undefined ? null : "conflict";
  let sending = false;
  let leaving = false;
  let firstChange = 0;
  let retry = firstRetry;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let localTimer: ReturnType<typeof setTimeout> | undefined;

  const isUnsaved = () => key(valuesOf(form)) !== known;
  const draftOf = (values: Values): LocalDraft => ({
    ...page.next(),
    base: undecided ?? page.version,
    at: new Date().toISOString(),
    values,
  });
  const keepLocally = () => {
    clearTimeout(localTimer);
    if (isUnsaved()) drafts.write(draftOf(valuesOf(form)));
    else drafts.remove();
  };
  const saveIn = (milliseconds: number) => {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => void save(), milliseconds);
  };

  async function send(version: string, more: [string, string][], last = false) {
    sending = true;
    keepLocally();
    const values = valuesOf(form);
    const body = new URLSearchParams([...values, ["version", version], ...page.go(), ...more]);
    const answer = await postSave(path, body, last);
    sending = false;
    if (waiting === "signed-out" && answer.kind !== "signed-out") waiting = null;
    return { answer, values };
  }

  async function save(last = false): Promise<void> {
    clearTimeout(saveTimer);
    if (sending || leaving || waiting === "conflict" || !isUnsaved()) return;
    firstChange = 0;
    const { answer, values } = await send(page.version, [], last);
    // the form itself is under way, with what is typed
    if (!leaving) hear(answer, values);
  }

  function hear(answer: SaveAnswer, sent: Values): void {
    if (answer.kind !== "offline" && answer.kind !== "failed") retry = firstRetry;
    switch (answer.kind) {
      case "saved":
        known = key(sent);
        page.useVersion(answer.version);
        keepLocally();
        status.say(answer.saved ?? t("editor:save.saved", { time: timeInWords(answer.savedAt) }));
        showNews(form, answer.notice);
        if (isUnsaved()) changed();
        return;
      case "invalid": {
        if (answer.version) page.useVersion(answer.version);
        const messages = answer.errors.map(({ message }) => message).join(" ");
        status.warn(t(answer.rest ? "editor:save.invalidPart" : "editor:save.invalid", { messages }));
        return;
      }
      case "signed-out":
        waiting = "signed-out";
        status.warn(t("editor:save.signedOut"), { href: answer.signIn, label: t("editor:save.signIn") });
        return;
      case "conflict":
        waiting = "conflict";
        status.typed(t("editor:save.unsaved"));
        showConflict(form, answer, t, {
          mine: () => decide(String(answer.version), t("editor:conflict.tookMine", { name: answer.by })),
          theirs: () => takeTheirs(answer),
        });
        return;
      case "offline":
      case "failed":
        status.warn(t(answer.kind === "offline" ? "editor:save.offline" : "editor:save.failing"));
        saveIn(retry);
        retry = Math.min(lastRetry, retry * 2);
        return;
      default:
        answer satisfies never;
    }
  }

  /** The writer has seen the other version: from now on it is the one that is written on. */
  function decide(next: string, words: string): void {
    waiting = null;
    known = "";
    page.useVersion(next);
    status.say(words);
    void save();
  }

  /** Theirs comes in the place of mine as soon as the server has mine among the versions; false where it has not. */
  async function takeTheirs(conflict: ConflictAnswer): Promise<boolean> {
    const theirs = String(conflict.version);
    let kept: Awaited<ReturnType<typeof send>>;
    do {
      kept = await send(theirs, [["then", "theirs"]]);
      if (kept.answer.kind === "signed-out") {
        const { signIn: href } = kept.answer;
        status.warn(t("editor:save.signedOut"), { href, label: t("editor:save.signIn") });
      } else if (kept.answer.kind !== "saved")
        status.warn(t(kept.answer.kind === "offline" ? "editor:save.offline" : "editor:save.failing"));
      if (kept.answer.kind !== "saved") return false;
    } while (key(valuesOf(form)) !== key(kept.values)); // typed on meanwhile
    const { version } = kept.answer;
    if (version === theirs && putTheirs(form, conflict))
      decide(version, t("editor:conflict.tookTheirs", { name: conflict.by }));
    else {
      const leftOut = conflict.changed.map(({ field }) => field);
      if (leftOut.length > 0)
        drafts.write({ ...draftOf(leftOut.reduce(without, valuesOf(form))), base: version, leftOut });
      else drafts.remove();
      leaving = true;
      location.assign(location.pathname + location.search); // a reload would fill in the form as it was
    }
    return true;
  }

  function changed(): void {
    leaving = false;
    const isAhead = isUnsaved();
    status.typed(isAhead ? t("editor:save.unsaved") : null);
    if (!isAhead) return;
    clearTimeout(localTimer);
    localTimer = setTimeout(keepLocally, local);
    if (waiting) return;
    firstChange ||= Date.now();
    if (retry === firstRetry) saveIn(Math.min(rest, Math.max(0, firstChange + longest - Date.now())));
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    keepLocally(); // until the server has it
    page.go();
  });
  const goingAway = () => {
    if (leaving) return;
    keepLocally();
    void save(true);
  };
  const back = () => {
    retry = firstRetry;
    if (isUnsaved()) void save();
  };
  document.addEventListener("visibilitychange", () =>
    document.visibilityState === "hidden" ? goingAway() : back(),
  );
  addEventListener("pagehide", goingAway);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) leaving = false;
  });
  addEventListener("focus", () => {
    if (waiting === "signed-out") back();
  });
  addEventListener("online", back);
  addEventListener("offline", () => {
    if (isUnsaved()) status.warn(t("editor:save.offline"));
  });
  addEventListener("beforeunload", (event) => {
    if (leaving || !isUnsaved()) return;
    keepLocally();
    event.preventDefault();
  });

  /** One by one what earlier visits left, the newest first. */
  function offer([draft, ...older]: LocalDraft[]): void {
    if (!draft) return;
    const decided = (words: string) => {
      drafts.forgetLeftover(draft);
      status.say(words);
      offer(older.filter((one) => leftIn(form, one).length > 0));
    };
    offerLeftover(form, draft, t, {
      restored: () => {
        page.useVersion(draft.base); // if somebody saved since, the server says so
        page.goOnAfter({ page: draft.page ?? "", turn: draft.turn ?? 0 });
        keepLocally();
        decided(t("editor:draft.restored"));
        saveIn(0);
      },
      discarded: () => decided(t("editor:draft.discarded")),
    });
  }
  const hasArrived = ({ page: one = "", turn = 0 }: LocalDraft) => page.has({ page: one, turn });
  offer(drafts.leftovers((draft) => !hasArrived(draft) && leftIn(form, draft).length > 0));
  if (ahead) changed();
  if (cameBack) keepLocally();
}

/** What there is to know of what is written, above the form: that a colleague sent it meanwhile, say. */
function showNews(form: HTMLFormElement, news: string | null): void {
  const before = document.querySelector("[data-writing-news]");
  if (before?.textContent === (news ?? "")) return;
  before?.remove();
  if (!news) return;
  const told = element("p", { class: "notice", "data-writing-news": true, role: "alert" }, news);
  (form.closest(".writing") ?? form).before(told);
}
