import { desk } from "../../src/desk-paths.ts";
import type { Colleague } from "./desk.ts";
import { flag } from "./images.ts";
import type { TestApp } from "./test-app.ts";

/** As a script sends it, that wants to know what became of it. */
export const json = { accept: "application/json" };

/** A small picture. */
export const png = (width = 400): Promise<Buffer> => flag(width, 300).png().toBuffer();

type Sent = { name?: string; headers?: Record<string, string> };

/** Sends a form with a file to the library of a place ("-": the movement's), as a browser does. */
export function sendImage(app: TestApp, who: Colleague, place: string, bytes: Buffer, sent: Sent = {}) {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(bytes)], sent.name ?? "haven.png", { type: "image/png" }));
  return app.request(desk("nl").part("images", place, "upload"), {
    method: "POST",
    body: form,
    headers: { ...who.headers, ...sent.headers },
  });
}

/** An image in a library. */
export async function givenImage(app: TestApp, who: Colleague, place = "-", bytes?: Buffer, name?: string) {
  const sent = { headers: json, ...(name && { name }) };
  const answer = await sendImage(app, who, place, bytes ?? (await png()), sent);
  return (await answer.json()) as { id: string; src: string };
}
