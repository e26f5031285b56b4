type Messages = { [key: string]: string | Messages };

/** Every text of a language by its whole key, "namespace:key.path". */
export function flatten(namespaces: Record<string, Messages>): Map<string, string> {
  const all = new Map<string, string>();
  const walk = (messages: Messages, prefix: string) => {
    for (const [key, value] of Object.entries(messages)) {
      if (typeof value === "string") all.set(prefix + key, value);
      else walk(value, `${prefix}${key}.`);
    }
  };
  for (const [namespace, messages] of Object.entries(namespaces)) walk(messages, `${namespace}:`);
  return all;
}

/** The {{variables}} of a text, in order of the alphabet. */
export const variablesOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name = ""]) => name))].sort();

/** i18next finds "key_one" and "key_other" when code asks for "key" with a count. */
export const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, "");

export type Use = { key: string; pattern: RegExp };

/** A literal: "ns:key" or `ns:key.${part}`. */
const literal = /["'`]([a-z][\w-]*:(?:[\w.-]|\$\{[^}]+\})+)["'`]/gi;

/**
 * The keys that a source names. A template with `${…}` uses all keys that it fits.
 */
export function usesIn(source: string, namespaces: string[]): Use[] {
  return [...source.matchAll(literal)]
    .map(([, key = ""]) => key)
    .filter(
      (key) =>
        namespaces.includes(key.slice(0, key.indexOf(":"))) ||
        new RegExp(`\\bt\\(\\s*["'\`]${escaped(key)}["'\`]`).test(source),
    )
    .map((key) => ({ key, pattern: patternOf(key) }));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patternOf = (key: string) =>
  new RegExp(
    `^${key
      .split(/\$\{[^}]+\}/)
      .map(escaped)
      .join("[\\w.-]+")}$`,
  );
