import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** Signing in with a passkey, and adding one. What it needs stays hidden where a browser doesn't know passkeys. */

type Told = { location?: string; message?: string };

const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { accept: "application/json" },
  });

/** What stops here is told by the server, or in the words of the page. */
class Failure extends Error {}

async function optionsFrom(path: string) {
  const answer = await post(path);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Failure(told.message);
  return told;
}

async function send(path: string, fields: Record<string, string>): Promise<void> {
  const answer = await post(path, fields);
  const told: Told = await answer.json().catch(() => ({}));
  if (!answer.ok || !told.location) throw new Failure(told.message);
  location.assign(told.location);
}

function errorOf(part: HTMLElement) {
  const line = part.querySelector<HTMLElement>("[data-passkey-error]");
  return (error?: unknown) => {
    if (!line) return;
    const own = error instanceof Failure && error.message ? error.message : part.dataset.failed;
    line.textContent = error === undefined ? "" : (own ?? "");
  };
}

async function signInWith(part: HTMLElement, useBrowserAutofill: boolean): Promise<void> {
  const { options = "", answer = "", next } = part.dataset;
  const optionsJSON = await optionsFrom(options);
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
  await send(answer, { response: JSON.stringify(response), ...(next && { next }) });
}

const way = document.querySelector<HTMLElement>("[data-passkey-sign-in]");
if (way && browserSupportsWebAuthn()) {
  const say = errorOf(way);
  way.hidden = false;
  way.querySelector("button")?.addEventListener("click", () => {
    say();
    signInWith(way, false).catch(say);
  });
  // The browser offers passkeys in the field of the address. Whoever doesn't take one hears nothing.
  if (await browserSupportsWebAuthnAutofill()) signInWith(way, true).catch(() => {});
}

const adding = document.querySelector<HTMLFormElement>("[data-passkey-add]");
if (adding && browserSupportsWebAuthn()) {
  const say = errorOf(adding);
  adding.hidden = false;
  document.querySelector<HTMLElement>("[data-passkey-without]")?.remove();
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    say();
    void add(adding).catch(say);
  });
}

async function add(form: HTMLFormElement): Promise<void> {
  const { options = "", answer = "" } = form.dataset;
  const response = await startRegistration({ optionsJSON: await optionsFrom(options) });
  const name = form.querySelector<HTMLInputElement>("input[name=passkey-name]")?.value ?? "";
  await send(answer, { response: JSON.stringify(response), name });
}
