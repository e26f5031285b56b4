const files = {
  nl: () => import("../../locales/nl/editor.json"),
  en: () => import("../../locales/en/editor.json"),
};

type Texts = { [name: string]: string | Texts };
/** The text of a key, "editor:toolbar.bold", with its {{variables}} filled in. */
export type Words = (key: string, variables?: Record<string, string | number>) => string;

/** The editor's texts in the language of the page. */
export async function loadWords(): Promise<Words> {
  const texts: Texts = (await files[document.documentElement.lang.startsWith("en") ? "en" : "nl"]()).default;
  return (key, variables = {}) => {
    const path = key.replace(/^editor:/, "").split(".");
    const text = path.reduce<string | Texts | undefined>(
      (found, name) => (typeof found === "object" ? found[name] : undefined),
      texts,
    );
    if (typeof text !== "string") throw new Error(`No text for ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_all, name) => String(variables[name] ?? ""));
  };
}
