/** A piece of XML that is escaped already; text that is not is a string. */
export type Xml = { xml: string };

type Content = Xml | string | Content[] | null | undefined | false;

/** Characters that XML 1.0 does not allow, not even escaped (section 2.2), and halves of surrogate pairs. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string) => text.replace(forbidden, "").replace(/[&<>"]/g, (sign) => entities[sign]!);

function written(content: Content): string {
  if (!content) return "";
  if (typeof content === "string") return escaped(content);
  return Array.isArray(content) ? content.map(written).join("") : content.xml;
}

/** One element; attributes without a value are left out. */
export function element(
  name: string,
  attributes: Record<string, string | undefined> = {},
  ...content: Content[]
): Xml {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value!)}"`)
    .join("");
  const inner = written(content);
  return { xml: inner ? `<${name}${list}>${inner}</${name}>` : `<${name}${list}/>` };
}

/** A whole document in UTF-8. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}\n`;
