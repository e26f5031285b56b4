import { setTimeout as sleep } from "node:timers/promises";
import type { Load } from "./load.ts";
import { ask, compare, type Rig, type Row, runLoad, setRaw } from "./measure.ts";

export const formPath = "/nieuwsbrief";
const ticketField = "guard-ticket";

/** As in src/protection/policy.ts: forms a minute from everywhere that are simply accepted, and the wait of a ticket. */
const freeForms = 120;
const waitSeconds = 60;
const connections = 5;

let people = 0;

/** The form of a new person in a network of its own, so that only the limit of the whole installation counts. */
export function newForm(ticket?: string): { fields: Record<string, string>; from: string } {
  const number = people++;
  return {
    fields: {
      email: `bench-${number}@example.org`,
      consent: "yes",
      ...(ticket ? { [ticketField]: ticket } : {}),
    },
    from: `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`,
  };
}

export const formRequest = ({ fields, from }: ReturnType<typeof newForm>) => ({
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": from },
  body: new URLSearchParams(fields).toString(),
});

export type MailsSent = { mails: number; perSecond: number };

/**
 * Subscribing, on each of its ways: accepted at once (the first of a minute), asked for one more step (over the limit
 * of the installation), and accepted with the ticket that the step gives after a minute, as who has no JavaScript does.
 */
export async function compareForms(
  rig: Rig,
  updates: number,
  perRound: number,
  mailsTaken: () => Promise<number>,
): Promise<{ rows: Row[]; sent: MailsSent }> {
  const forms = (count: number, tickets: string[] = []) =>
    Array.from({ length: count }, (_, i) => newForm(tickets[i]));
  const load = (forms: ReturnType<typeof newForm>[], status: number): Omit<Load, "url"> => {
    return { connections, until: { requests: forms.length }, headers: {}, forms, status };
  };
  const url = rig.origin + formPath;
  const mailsBefore = await mailsTaken();

  const warmUp = forms(20);
  await setRaw(rig, "POST", formPath, await ask(url, formRequest(newForm())));
  await runLoad(rig.load, { ...load(warmUp, 303), url });
  const measured = freeForms - warmUp.length - 1;
  const free = await compare(
    rig,
    "Subscribe, accepted at once",
    updates,
    [load(forms(measured), 303)],
    formPath,
  );

  await setRaw(rig, "POST", formPath, await ask(url, formRequest(newForm())));
  const asking = Array.from({ length: rig.rounds }, () => ({
    ...load(forms(perRound), 200),
    collect: ticketField,
  }));
  const step = await compare(rig, "Subscribe, asked for a step", updates, asking, formPath);

  await sleep((waitSeconds + 2) * 1000);
  const tickets = step.collected;
  await setRaw(rig, "POST", formPath, await ask(url, formRequest(newForm(tickets.pop()))));
  const begun = performance.now();
  const waiting = await mailsTaken();
  const withTicket = Array.from({ length: rig.rounds }, () =>
    load(forms(perRound - 1, tickets.splice(0, perRound - 1)), 303),
  );
  const passed = await compare(rig, "Subscribe, with a ticket", updates, withTicket, formPath);
  const wanted = mailsBefore + freeForms + 1 + withTicket.length * (perRound - 1);
  while ((await mailsTaken()) < wanted) {
    if (performance.now() - begun > 300_000) throw new Error("Mail is still waiting after five minutes");
    await sleep(250);
  }
  const mails = wanted - waiting;
  const sent = { mails, perSecond: mails / ((performance.now() - begun) / 1000) };
  return { rows: [free.row, step.row, passed.row], sent };
}
