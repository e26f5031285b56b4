import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import type { Outcome } from "../platform/mass-mail/post-office.ts";
import { type Claimed, claimDeliveries } from "./claim.ts";
import { faultOf } from "./fault.ts";
import { type Answers, writeTurn } from "./ledger.ts";
import { type ReadyLetter, readyLetter } from "./letters.ts";
import { easeOff, holdOn } from "./pace.ts";
import { giveBack, isTrouble, type Settled, settle, skip } from "./policy.ts";
import { giveBackUnknown, Registration } from "./senders.ts";

type Asking = { one: Claimed; go: () => void; stay: (reason: Error) => void };

/** Milliseconds between looks for what is due, when nothing was. */
const looks = { shortest: 50, longest: 1_000 };
/**
 * Milliseconds that a turn waits for more mails to come along, because a turn costs the database nearly the same for one
 * as for many; not once a third of the connections wait for it, so that the others keep the machine busy meanwhile.
 */
const gathering = 20;
/** Milliseconds before a delivery is tried again whose letter could not be made: nobody's fault, so no try is lost. */
const afterNoLetter = 2_000;
/** Milliseconds before the database is asked again after it failed. */
const afterFailure = 250;
/** So many recipients in a row whom the server sent away with "421" or hung up on: then it is not theirs. */
const manyInARow = 3;

/**
 * Sends, in one process: claims a few deliveries beforehand, gives each to a free connection, and writes in turns what
 * became of them. Nothing goes out before the turn that says so is written.
 */
export class Teller {
  readonly #ctx: Ctx;
  readonly #registration: Registration;
  readonly #connections: number;
  readonly #lastWait: number;
  readonly #letters = new Map<string, Promise<ReadyLetter>>();
  /** Claimed, not given to a connection yet. */
  #queue: Claimed[] = [];
  /** At a connection. */
  readonly #running = new Map<string, Claimed>();
  /** Of those, the ones that went out, or are about to. */
  readonly #inHand = new Set<string>();
  #settled: Settled[] = [];
  #asking: Asking[] = [];
  #claiming: Promise<void> | null = null;
  #lookAt = 0;
  /** When the next turn is due, however few wait for it. */
  #turnAt = 0;
  #pause: number = looks.shortest;
  /** A claim failed: its rows may be ours without our knowing. */
  #unsure = false;
  #sent = 0;
  /** How often the server took a mail, and whom it sent away since then. */
  #taken = 0;
  readonly #sentAway = new Set<string>();
  /** Rounds of claims: each begins with another edition. */
  #rounds = 0;
  #stopping = false;
  #ended = false;
  #giveUpAt = 0;
  #wake: () => void = () => {};
  readonly #loop: Promise<void>;

  /** `lastWait`: milliseconds that an end may take when the database is away; the next start takes up the rest. */
  constructor(ctx: Ctx, lastWait = 30_000) {
    this.#ctx = ctx;
    this.#lastWait = lastWait;
    this.#connections = ctx.postOffice.connections;
    this.#registration = new Registration(ctx, this.#connections);
    this.#loop = this.#run();
  }

  get number(): number | null {
    return this.#registration.number;
  }

  /** Lets what is at the server end, gives the rest back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#giveUpAt = Date.now() + this.#lastWait;
    this.#wake();
    await this.#loop;
    // Nobody answers these any more, as when the database is away.
    this.#ended = true;
    for (const { stay } of this.#asking.splice(0)) stay(new Error("closing"));
    await this.#registration.stop();
  }

  /** Mails were taken since the last call: the pace may go up. */
  async easeOff(): Promise<void> {
    if (this.#sent > 0) await easeOff(this.#ctx);
    this.#sent = 0;
  }

  async #run(): Promise<void> {
    while (!this.#stopping || (this.#isBusy() && Date.now() < this.#giveUpAt)) {
      const woken = new Promise<void>((wake) => {
        this.#wake = wake;
      });
      if (this.#stopping) this.#giveBackQueue();
      this.#hand();
      this.#claimSoon();
      if (this.#isTurn()) {
        await this.#turn();
        this.#turnAt = Date.now() + gathering;
      } else await this.#orAfter(woken, this.#untilNext());
    }
  }

  #isTurn(): boolean {
    const waiting = this.#settled.length + this.#asking.length;
    if (waiting === 0) return false;
    return this.#stopping || waiting >= this.#connections / 3 || Date.now() >= this.#turnAt;
  }

  /** Milliseconds until the next turn or the next look. */
  #untilNext(): number {
    const waits = this.#settled.length + this.#asking.length > 0;
    const next = (waits ? this.#turnAt : this.#lookAt) - Date.now();
    return Math.max(1, Math.min(next, looks.longest));
  }

  #isBusy = () =>
    this.#claiming !== null || this.#running.size + this.#settled.length + this.#queue.length > 0;

  async #orAfter(woken: Promise<void>, milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<void>((done) => {
      timer = setTimeout(done, milliseconds);
    });
    await Promise.race([woken, passed]);
    clearTimeout(timer);
  }

  #giveBackQueue(): void {
    this.#settled.push(...this.#queue.splice(0).map((one) => giveBack(one, this.#ctx.now())));
  }

  /** Gives claimed deliveries to free connections. */
  #hand(): void {
    while (!this.#stopping && this.#running.size < this.#connections) {
      const one = this.#queue.shift();
      if (!one) return;
      this.#running.set(one.id, one);
      void this.#send(one);
    }
  }

  async #send(one: Claimed): Promise<void> {
    const ready = await this.#letterOf(one.edition_id, one.language).catch((error: unknown) => {
      this.#ctx.log.error({ err: error, edition: one.edition_id }, "a letter could not be made");
      return null;
    });
    if (ready) await this.#post(one, ready);
    else this.#settled.push(giveBack(one, new Date(this.#ctx.now().getTime() + afterNoLetter)));
    // It stays in hand until what became of it is written: see #turn. The next one gets ready during the running turn, so
    // that one turn writes the answer to this and lets that go out.
    this.#running.delete(one.id);
    this.#hand();
    this.#wake();
  }

  async #post(one: Claimed, { letter, addressed }: ReadyLetter): Promise<void> {
    let dropped = false;
    const permission = () =>
      new Promise<void>((go, fail) => {
        const stay = (reason: Error) => {
          dropped = true;
          fail(reason);
        };
        if (this.#ended) return stay(new Error("closing"));
        this.#asking.push({ one, go, stay });
        this.#wake();
      });
    const takenBefore = this.#taken;
    const outcome = await this.#ctx.postOffice.send(letter, addressed(one), permission);
    if (!dropped) await this.#end(one, outcome, this.#taken > takenBefore);
  }

  async #end(one: Claimed, outcome: Outcome, othersTaken: boolean): Promise<void> {
    const { log } = this.#ctx;
    if (outcome.kind === "sent") {
      this.#sent++;
      this.#taken++;
      this.#sentAway.clear();
    }
    if (outcome.code.startsWith("not made:")) log.error({ why: outcome.code }, "a mail could not be made");
    this.#settled.push(settle(one, outcome, this.#ctx.now(), othersTaken));
    if (!isTrouble(outcome)) return;
    // One recipient's own server may answer so through ours, which is no reason to let the others wait.
    if (outcome.kind === "deferred" && this.#sentAway.add(one.id).size < manyInARow) return;
    const about = { code: outcome.code, kind: outcome.kind };
    if (faultOf(outcome.code, null, this.#ctx.now()))
      log.error(
        about,
        "the mail server takes no mail until somebody mends it: look at SMTP_URL and at the server",
      );
    else log.warn(about, "the mail server is in trouble; sending slows down");
    this.#giveBackQueue();
    this.#lookAt = Date.now() + looks.longest;
    await holdOn(this.#ctx, outcome.code).catch((error: unknown) =>
      log.warn({ err: error }, "pace not written"),
    );
  }

  #letterOf(editionId: string, language: Language): Promise<ReadyLetter> {
    const key = `${editionId} ${language}`;
    const known = this.#letters.get(key);
    if (known) return known;
    const made = readyLetter(this.#ctx, editionId, language);
    this.#letters.set(key, made);
    made.catch(() => this.#letters.delete(key));
    return made;
  }

  /** Writes what became of deliveries, and lets those go out that ask, if they still may. */
  async #turn(): Promise<void> {
    const sender = this.#registration.number;
    // Until the number is certain again nothing can be written down, so nothing goes out either.
    if (sender === null) return this.#orAfter(new Promise(() => {}), afterFailure);
    const settled = this.#settled.splice(0);
    const asking = this.#asking.splice(0);
    const over = new Set(settled.map(({ id }) => id));
    const inHand = [...this.#inHand].filter((id) => !over.has(id));
    const ids = asking.map(({ one }) => one.id);
    let answers: Answers | null;
    try {
      answers = await writeTurn(this.#ctx, sender, { settled, asking: ids, inHand });
    } catch (error) {
      this.#ctx.log.warn({ err: error }, "sending waits for the database");
      this.#settled.unshift(...settled);
      this.#asking.unshift(...asking);
      return this.#orAfter(new Promise(() => {}), afterFailure);
    }
    for (const id of over) this.#inHand.delete(id);
    for (const { one, go, stay } of asking) {
      const why = answers ? (answers.has(one.id) ? answers.get(one.id) : "lost") : "lost";
      if (why === null) {
        this.#inHand.add(one.id);
        go();
        continue;
      }
      stay(new Error(`not any more: ${why}`));
      // What was lost is no longer ours, as a rule; where it still is, nobody else would take it.
      if (why === "stopped" || why === "lost") this.#settled.push(giveBack(one, this.#ctx.now()));
      else if (why) this.#settled.push(skip(one, why, this.#ctx.now()));
    }
    // Under another number the rest of the queue would be refused as well.
    if (!answers) this.#giveBackQueue();
  }

  #claimSoon(): void {
    const ahead = Math.max(16, this.#connections * 16);
    const idle = this.#stopping || this.#claiming || Date.now() < this.#lookAt;
    const sender = this.#registration.number;
    if (idle || sender === null || this.#queue.length > ahead / 2) return;
    this.#claiming = this.#claim(sender, ahead - this.#queue.length).finally(() => {
      this.#claiming = null;
      this.#wake();
    });
  }

  async #claim(sender: number, wanted: number): Promise<void> {
    try {
      if (this.#unsure) {
        const known = [...this.#queue, ...this.#running.values(), ...this.#settled].map(({ id }) => id);
        await giveBackUnknown(this.#ctx, sender, known);
        this.#unsure = false;
      }
      const editions = await sql<{ id: string }>`select id from editions
        where state = 'sending' and finished_at is null order by started_at`.execute(this.#ctx.db);
      const ids = editions.rows.map(({ id }) => id);
      ids.unshift(...ids.splice(this.#rounds++ % Math.max(1, ids.length)));
      for (const key of this.#letters.keys())
        if (!ids.includes(key.split(" ")[0]!)) this.#letters.delete(key);
      let found = 0;
      // Each gets its part, and each is the first in its turn, so that a large edition does not keep a small one waiting
      // for hours; nor where there is a rate, and who comes first takes it all.
      for (const id of ids) {
        const claimed = await claimDeliveries(this.#ctx, sender, id, Math.ceil(wanted / ids.length));
        found += claimed.length;
        this.#queue.push(...claimed);
      }
      this.#pause = found > 0 ? looks.shortest : Math.min(this.#pause * 2, looks.longest);
      this.#lookAt = found >= wanted / 2 ? 0 : Date.now() + this.#pause;
    } catch (error) {
      this.#unsure = true;
      this.#lookAt = Date.now() + afterFailure;
      this.#ctx.log.warn({ err: error }, "nothing could be claimed");
    }
  }
}
