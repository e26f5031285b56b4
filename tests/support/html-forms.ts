import { unescaped } from "./trial-form.ts";

export type FormField = { name: string; type: string; value: string };

/** One way to send a form that a page shows: its button (or browser code) says where, the fields what. */
export type HtmlForm = { action: string; multipart: boolean; fields: FormField[] };

/** The forms of a page that are posted, each in every way; `path`: where one without an action goes. */
export function formsOf(html: string, path: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head = "", body = ""]) => {
    if (attribute(head, "method")?.toLowerCase() !== "post") return [];
    const multipart = attribute(head, "enctype") === "multipart/form-data";
    const own = attribute(head, "action") || path;
    const autosave = attribute(head, "data-autosave");
    const ways = [...buttonsIn(body), ...(autosave ? [{ action: autosave, pressed: [] }] : [])];
    const fields = fieldsIn(body);
    return ways.map(({ action, pressed }) => ({
      ...{ action: action ?? own, multipart, fields: [...fields, ...pressed] },
    }));
  });
}

const attribute = (tag: string, name: string): string | null => {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : unescaped(value);
};

/** Where each button sends the form, and what it adds to it; those that do the same once. */
function buttonsIn(body: string): { action: string | null; pressed: FormField[] }[] {
  const ways = [...body.matchAll(/<button\b([^>]*)>/g)]
    .filter(([, head = ""]) => attribute(head, "type") !== "button")
    .map(([, head = ""]) => {
      const name = attribute(head, "name");
      const value = attribute(head, "value") ?? "";
      return {
        action: attribute(head, "formaction"),
        pressed: name === null ? [] : [{ name, type: "submit", value }],
      };
    });
  const kindOf = ({ action, pressed }: (typeof ways)[number]) => `${action} ${pressed[0]?.name}`;
  return [...new Map(ways.map((way) => [kindOf(way), way])).values()];
}

function fieldsIn(body: string): FormField[] {
  const fields = new Map<string, FormField>();
  const add = (head: string, type: string, value: string) => {
    const name = attribute(head, "name");
    if (name !== null && !fields.has(name)) fields.set(name, { name, type, value });
  };
  for (const [, head = ""] of body.matchAll(/<input\b([^>]*)>/g))
    add(head, attribute(head, "type") ?? "text", attribute(head, "value") ?? "");
  for (const [, head = "", text = ""] of body.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(head, "textarea", unescaped(text));
  for (const [, head = "", list = ""] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const values = [...list.matchAll(/<option\b([^>]*)>/g)].map(([, option = ""]) =>
      attribute(option, "value"),
    );
    add(head, "select", values.find(Boolean) ?? "");
  }
  return [...fields.values()];
}

/** What somebody would send: what stands there, and in what is empty something that fits. */
export const filledIn = (fields: FormField[]): Record<string, string> =>
  Object.fromEntries(
    fields
      .filter(({ type }) => type !== "file")
      .map((field) => [field.name, field.value || fitting(field.name, field.type)]),
  );

function fitting(name: string, type: string): string {
  if (type === "url" || /leave_empty|\.en$/.test(name)) return "";
  if (type === "email" || /mail/i.test(name)) return "sanne@example.org";
  if (name === "code") return "123456";
  return type === "textarea" ? "Een idee." : "Sanne";
}
