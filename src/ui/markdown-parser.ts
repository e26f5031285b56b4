import MarkdownIt from "markdown-it";

/**
 * A parser of Markdown as it is written here: HTML stays text, addresses become links. `mayLink` says which; it is asked
 * for an address without spaces around it.
 */
export function createParser(mayLink: (url: string) => boolean) {
  const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
  parser.validateLink = (url) => mayLink(url.trim());
  // linkify-it reads to the end of the address at each of these, also within one that no link was made of: quadratic.
  for (const scheme of ["//", "ftp:"]) parser.linkify.add(scheme, null);
  return parser;
}
