/** What differs per recipient: a name for each place and the value that goes there. */
export type Slots = Readonly<Record<string, string>>;

/** Text between slots, and names of slots, by turns: text first and last, so an odd place holds a name. */
export type Divided = readonly string[];

/**
 * The marker that stands for a recipient's own value, in a subject, a header, HTML or plain text. Only of characters
 * that URLs, HTML, Markdown and mail headers leave as they are.
 *
 * @throws when the name is not of lower-case letters and digits.
 */
export function slot(name: string): string {
  if (!/^[a-z][a-z0-9]*$/.test(name)) throw new Error(`A slot cannot be named "${name}"`);
  return `slot.${name}.slot`;
}

const marker = /slot\.([a-z][a-z0-9]*)\.slot/;

/** Whether a text is one marker and nothing else. */
export const isSlot = (text: string): boolean => /^slot\.[a-z][a-z0-9]*\.slot$/.test(text);

/** A text in which nothing is taken for a marker: what somebody typed. */
export const withoutSlots = (text: string): string =>
  text.replace(/slot\.(?=[a-z][a-z0-9]*\.slot)/g, "slot\u200b.");

export const divide = (text: string): Divided => text.split(marker);

/** The text with each value in its place. A value is never looked through for further slots. */
export const fillIn = (divided: Divided, value: (name: string) => string): string =>
  divided.map((part, at) => (at % 2 === 0 ? part : value(part))).join("");

/** @throws when the recipient has no value for a slot: better no mail than one without its link to unsubscribe. */
export function valueFor(slots: Slots, name: string): string {
  const value = Object.hasOwn(slots, name) ? slots[name] : undefined;
  if (value === undefined) throw new Error(`No value for the slot "${name}"`);
  return value.toWellFormed();
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** As text or as an attribute's value in quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!);
