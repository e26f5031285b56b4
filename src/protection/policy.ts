import type { Limit } from "../platform/limits.ts";

const minute = 60;
const hour = 60 * minute;

/**
 * How many forms are normal. A network is one IPv4 address or one IPv6 /64, which may well be a whole ministry; its
 * key and that of an address change every day at midnight (UTC). Seconds.
 */
export const formLimits = {
  /** A few colleagues at once need no step; the sixth form within ten minutes pays with a proof of work. */
  free: { name: "forms-free", points: 5, seconds: 10 * minute },
  /** After a speech, 300 people of one office may sign within an hour; more is a machine. */
  network: { name: "forms-network", points: 300, seconds: hour },
  /**
   * Few fill in more than ten forms a day for one address; from then on each costs a proof of work, of whichever network
   * it comes. Never more than that: else a stranger could keep somebody from the site by filling in their address.
   * 23 hours: with the half hour until the job that forgets, a day at most.
   */
  address: { name: "forms-address", points: 10, seconds: 23 * hour },
  /** Two a second from everywhere: a campaign's peak, or an attack from many networks. Then everybody proves. */
  everybody: { name: "forms-everybody", points: 120, seconds: minute },
} as const satisfies Record<string, Limit>;

/**
 * How many forms may come back to be mended, counted apart from those that are fine: per network, seconds. Wide, since who
 * slips has done nothing yet: a hall of people signs by one address, and each of them slips now and then.
 */
export const slipLimits = {
  /** Somebody slips two or three times in a form; beyond that of twenty people in ten minutes one pays with a proof. */
  free: { name: "slips-free", points: 60, seconds: 10 * minute },
  /** Two for each form that a network may send. */
  network: { name: "slips-network", points: 600, seconds: hour },
} as const satisfies Record<string, Limit>;

/** A proof of work or a ticket passes one form. Kept until long after both have expired. */
export const singleUse: Limit = { name: "forms-used", points: 1, seconds: 2 * hour };

/** How long a challenge can be answered: a slow telephone solves it in seconds, a phone call comes between. */
export const challengeSeconds = 10 * minute;

/** Without JavaScript one waits: long enough to be dearer than the proof, short enough to stay. */
export const waitSeconds = minute;

/** How long a ticket is good for once the wait is over: somebody may be called away. */
export const ticketSeconds = hour;

/** Bytes of a form: a tip of 5,000 characters in any script fits, with everything around it. */
export const maxFormBytes = 64 * 1024;

/** The most fields that a form may have: an import has a hundred columns to match, no other form as many. */
export const maxFields = 1000;

/** Milliseconds: a form that stalls so long, or is under way so long, will not come. */
export const formPace = { idle: 20_000, whole: 120_000 };

/**
 * The proof of work: so many tries of PBKDF2 with `cost` rounds each. A try took 1 ms in Chromium on a server's core, so
 * a telephone with four workers needs one or two seconds. Tries between bounds, so that nobody is out of luck.
 */
export const difficulty = { cost: 5_000, fewestTries: 1_000, mostTries: 2_000 };

/** Names of the fields that the step adds to a form. */
export const stepFields = { proof: "guard-proof", ticket: "guard-ticket" } as const;
