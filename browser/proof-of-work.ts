import { solveChallengeWorkers } from "altcha-lib";
import type { Challenge } from "altcha-lib/types";

/**
 * The step before a form is taken: works out the sum and sends the form by itself. Where that cannot be done (WebCrypto
 * needs https or localhost) it waits for the minute that the form's ticket asks.
 */
const form = document.querySelector<HTMLFormElement>("form[data-challenge]");
const progress = form?.querySelector<HTMLElement>("[data-progress]");

type Message = "working" | "busy" | "done" | "waiting";
const say = (message: Message) => {
  if (progress) progress.textContent = progress.dataset[message] ?? "";
};

async function takeStep(form: HTMLFormElement): Promise<void> {
  const loaded = performance.now();
  let meanwhile: Message = "busy";
  const tooEarly = (event: Event) => {
    event.preventDefault();
    say(meanwhile);
  };
  form.addEventListener("submit", tooEarly);
  say("working");
  const proof = await solve(JSON.parse(form.dataset.challenge ?? ""));
  if (proof) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: form.dataset.proofField, value: proof });
    form.append(field);
    say("done");
  } else {
    meanwhile = "waiting";
    say(meanwhile);
    const wait = Number(form.dataset.waitSeconds) * 1000 - (performance.now() - loaded);
    await new Promise((done) => setTimeout(done, wait + 1000));
  }
  form.removeEventListener("submit", tooEarly);
  form.requestSubmit();
}

/** ALTCHA's answer to the challenge, or null when this browser cannot make one within the minute. */
async function solve(challenge: Challenge): Promise<string | null> {
  if (!globalThis.crypto?.subtle || !globalThis.Worker) return null;
  try {
    const solution = await solveChallengeWorkers({
      challenge,
      concurrency: Math.min(4, navigator.hardwareConcurrency || 1),
      createWorker: () =>
        new Worker(new URL("./proof-of-work.worker.ts", import.meta.url), { type: "module" }),
      timeout: 55_000,
    });
    return solution && btoa(JSON.stringify({ challenge, solution }));
  } catch {
    return null; // workers blocked, or out of memory
  }
}

if (form) void takeStep(form);
