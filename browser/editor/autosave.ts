import { showConflict } from "./conflict.ts";
import { element } from "./dom.ts";
import { type Values, valuesOf, without } from "./form-values.ts";
import { offerLeftover } from "./leftover.ts";
import { localDraft } from "./local-draft.ts";
import { timeInWords } from "./notice.ts";
import { postSave, type SaveAnswer } from "./save-answer.ts";
import type { Words } from "./words.ts";

/** Milliseconds: after the last key, at most while typing, to this browser's storage, and between attempts. */
const [rest, longest, local, firstRetry, lastRetry] = [2_000, 15_000, 300, 2_000, 60_000];

/** Whether something was typed before this code came, or brought back by the browser: fields differ from the page's. */
function isTouched(form: HTMLFormElement): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, "\n");
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return plain(field.value) !== plain(field.defaultValue);
    if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
    return ["checkbox", "radio"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  });
}

/** Keeps what is typed: at the server after a rest, in this browser at once, until the server has it. */
export function autosave(form: HTMLFormElement, t: Words): void {
  const path = form.dataset.autosave ?? "";
  let version = form.dataset.version ?? "";
  const drafts = localDraft(form.dataset.draftKey || location.pathname);
  const status = statusLine(form);
  const key = (values: Values) => JSON.stringify(values);
  // what the server has; a form that came back with errors was not taken
  const cameBack = document.querySelector(".error-summary") !== null;
  const ahead = cameBack || isTouched(form);
  let known = ahead ? "" : key(valuesOf(form));
  let waiting: "conflict" | "signed-out" | null = null;
  let sending = false;
  let leaving = false;
  let firstChange = 0;
  let retry = firstRetry;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let localTimer: ReturnType<typeof setTimeout> | undefined;

  const isUnsaved = () => key(valuesOf(form)) !== known;
  const keepLocally = () => {
    clearTimeout(localTimer);
    if (isUnsaved()) drafts.write({ base: version, at: new Date().toISOString(), values: valuesOf(form) });
    else drafts.remove();
  };
  const saveIn = (milliseconds: number) => {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => void save(), milliseconds);
  };
  const useVersion = (next: string) => {
    version = next;
    form.dataset.version = next;
    const field = form.elements.namedItem("version");
    if (field instanceof HTMLInputElement) field.value = next;
  };

  async function save(last = false): Promise<void> {
    clearTimeout(saveTimer);
    if (sending || waiting === "conflict" || !isUnsaved()) return;
    sending = true;
    firstChange = 0;
    const values = valuesOf(form);
    const answer = await postSave(path, new URLSearchParams([...values, ["version", version]]), last);
    sending = false;
    if (waiting === "signed-out" && answer.kind !== "signed-out") waiting = null;
    hear(answer, values);
  }

  function hear(answer: SaveAnswer, sent: Values): void {
    if (answer.kind !== "offline" && answer.kind !== "failed") retry = firstRetry;
    switch (answer.kind) {
      case "saved":
        known = key(sent);
        useVersion(answer.version);
        keepLocally();
        status.say(answer.saved ?? t("editor:save.saved", { time: timeInWords(answer.savedAt) }));
        if (isUnsaved()) saveIn(rest);
        return;
      case "invalid":
        if (answer.version) useVersion(answer.version);
        status.say(
          t("editor:save.invalid", { messages: answer.errors.map(({ message }) => message).join(" ") }),
        );
        return;
      case "signed-out":
        waiting = "signed-out";
        status.say(t("editor:save.signedOut"), { href: answer.signIn, label: t("editor:save.signIn") });
        return;
      case "conflict":
        waiting = "conflict";
        status.say("");
        showConflict(form, answer, t, {
          mine: () => decide(String(answer.version), t("editor:conflict.tookMine")),
          theirs: () => decide(String(answer.version), t("editor:conflict.tookTheirs", { name: answer.by })),
          reload: () => {
            const leftOut = answer.changed.map(({ field }) => field);
            const values = leftOut.reduce(without, valuesOf(form));
            drafts.write({ base: String(answer.version), at: new Date().toISOString(), values, leftOut });
            leaving = true;
            location.assign(location.pathname + location.search); // a reload would fill in the form as it was
          },
        });
        return;
      case "offline":
      case "failed":
        status.say(t(answer.kind === "offline" ? "editor:save.offline" : "editor:save.failing"));
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
    useVersion(next);
    status.say(words);
    void save();
  }

  function changed(): void {
    if (!isUnsaved()) return;
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
    if (isUnsaved()) status.say(t("editor:save.offline"));
  });
  addEventListener("beforeunload", (event) => {
    if (leaving || !isUnsaved()) return;
    keepLocally();
    event.preventDefault();
  });

  const leftover = drafts.leftover();
  const offered =
    leftover &&
    offerLeftover(form, leftover, t, {
      restored: () => {
        useVersion(leftover.base); // if somebody saved since, the server says so
        keepLocally();
        drafts.forgetLeftover();
        status.say(t("editor:draft.restored"));
        saveIn(0);
      },
      discarded: () => {
        drafts.forgetLeftover();
        status.say(t("editor:draft.discarded"));
      },
    });
  if (leftover && !offered) drafts.forgetLeftover();
  if (ahead) changed();
}

/** Where the page says whether everything is saved: its own place, or one at the end of the form. */
function statusLine(form: HTMLFormElement) {
  const own = form.querySelector<HTMLElement>("[data-save-status]");
  const line = own ?? element("p", { class: "save-status" });
  line.setAttribute("role", "status");
  if (!own) form.append(line);
  return {
    say: (words: string, link?: { href: string; label: string }) => {
      if (line.textContent === words) return;
      line.replaceChildren(words);
      if (link)
        line.append(
          " ",
          element("a", { class: "nl-link", href: link.href, target: "_blank", rel: "noopener" }, link.label),
        );
    },
  };
}
