import { type AnyExtension, Extension, type Extensions, Node, textblockTypeInputRule } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";
import { parser, videoPrefix } from "../../src/ui/markdown-html.ts";
import { ownImage } from "../../src/ui/pictures.ts";

/** Whether the renderer makes a link of an address. */
export const isLinkAddress = (href: string): boolean => parser.validateLink(href.trim());

/**
 * Whether words are an address, to make a link of as they are typed or pasted. A bare name counts with the endings that
 * people here write: "klaar.De" misses a space, and "notes.md" is a file.
 */
export const isMeantAsLink = (words: string): boolean =>
  /^(https?:\/\/|mailto:|www\.)\S/.test(words) ||
  /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(words) ||
  /^([a-z\d-]+\.)+(nl|eu|com|org|net|be|frl|amsterdam)(?=[/?#:]|$)/.test(words);

/** Lists remember whether blank lines stand between their items ("loose", CommonMark 0.31, 5.3). */
const tight = {
  default: true,
  parseHTML: () => true,
  renderHTML: ({ tight }: { tight?: boolean }) => (tight === false ? { class: "loose" } : {}),
};

const changes: Record<string, (extension: AnyExtension) => AnyExtension> = {
  // the renderer shows bold code and code in links, so the editor does
  code: (extension) => extension.extend({ excludes: "" }),
  link: (extension) =>
    extension.extend({ addAttributes: () => ({ href: { default: null }, title: { default: null } }) }),
  bulletList: (extension) => extension.extend({ addAttributes: () => ({ tight }) }),
  orderedList: (extension) =>
    extension.extend({
      // plain text stays as it is pasted: "A. de Vries" is no list
      addProseMirrorPlugins: () => [],
      addAttributes: () => ({
        tight,
        start: {
          default: 1,
          parseHTML: (list: HTMLElement) => Number.parseInt(list.getAttribute("start") ?? "1", 10) || 1,
        },
      }),
    }),
};

/** What the renderer of the site shows (src/ui/markdown-html.ts), and nothing more. */
const Starter = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map(
      (extension: AnyExtension) => changes[extension.name]?.(extension) ?? extension,
    );
  },
}).configure({
  underline: false,
  link: {
    openOnClick: false,
    autolink: false, // what is typed on after one would be a part of it: typed-address.ts makes them
    shouldAutoLink: isMeantAsLink,
    defaultProtocol: "https",
    HTMLAttributes: { class: "nl-link" },
    isAllowedUri: isLinkAddress,
  },
  dropcursor: { class: "editor__drop", width: 3, color: false },
});

/** A page's own title is level 1, so an editor's headings are 2 to 4; others in a text stay as they are. */
const HeadingLevels = Extension.create({
  name: "headingLevels",
  priority: 1000,
  addInputRules() {
    const type = this.editor.schema.nodes.heading!;
    const rules = [
      { find: /^##?\s$/, level: 2 },
      { find: /^###\s$/, level: 3 },
      { find: /^####+\s$/, level: 4 },
    ];
    return rules.map(({ find, level }) =>
      textblockTypeInputRule({ find, type, getAttributes: () => ({ level }) }),
    );
  },
  addKeyboardShortcuts() {
    const heading = (level: 2 | 3 | 4) => () => this.editor.commands.toggleHeading({ level });
    return {
      "Mod-Alt-1": heading(2),
      "Mod-Alt-2": heading(2),
      "Mod-Alt-3": heading(3),
      "Mod-Alt-4": heading(4),
      "Mod-Alt-5": () => true,
      "Mod-Alt-6": () => true,
    };
  },
});

/** Images of this site are shown; one from elsewhere is named, since nothing is asked of other sites. */
const SiteImage = Image.extend({
  addAttributes: () => ({ src: { default: null }, alt: { default: "" }, title: { default: null } }),
  addInputRules: () => [],
  renderHTML: ({ HTMLAttributes: { src, alt, title } }) =>
    ownImage(String(src))
      ? ["img", { src: ownImage(String(src)), alt: alt ?? "", title }]
      : ["span", { class: "editor__away", "data-src": src, title }, `${alt || ""} (${src})`],
}).configure({ inline: true });

/** A cell holds one line: that is what Markdown has room for. */
const align = {
  default: null,
  parseHTML: (cell: HTMLElement) => {
    const value = cell.style.textAlign || cell.getAttribute("align");
    return ["left", "center", "right"].includes(value ?? "") ? value : null;
  },
  renderHTML: ({ align }: { align?: string | null }) => (align ? { class: `align-${align}` } : {}),
};
const cell = { content: "paragraph" };
const addAttributes = () => ({ align, colspan: { default: 1 }, rowspan: { default: 1 } });

const tables = [
  Table.extend({
    renderHTML: () => ["table", ["tbody", 0]],
    addNodeView: () => null,
    addKeyboardShortcuts() {
      const within = (move: () => boolean) => () => {
        if (!this.editor.isActive("table")) return false;
        move();
        return true;
      };
      const next = () =>
        this.editor.commands.goToNextCell() || this.editor.chain().addRowAfter().goToNextCell().run();
      // Tab stays what it is on a page: the way on, to the next field (WCAG 2.1.2)
      return { Enter: within(next), "Shift-Enter": within(next), "Mod-Enter": within(next) };
    },
  }).configure({ resizable: false }),
  TableRow,
  TableHeader.extend({ ...cell, addAttributes }),
  TableCell.extend({ ...cell, addAttributes }),
];

/** A video: a line of its own, that the site shows as a title and a link to where the video is. */
const VideoLink = Node.create({
  name: "video",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ href: { default: "" }, title: { default: "" } }),
  parseHTML: () => [
    {
      tag: "figure.video",
      getAttrs: (figure) => {
        const link = figure.querySelector("a");
        return { href: link?.getAttribute("href") ?? "", title: link?.lastChild?.textContent?.trim() ?? "" };
      },
    },
  ],
  renderHTML: ({ node }) => [
    "figure",
    { class: "video" },
    ["span", { class: "video__sign", "aria-hidden": "true" }],
    [
      "figcaption",
      ["a", { class: "nl-link video__title", href: node.attrs.href }, node.attrs.title],
      ["span", { class: "video__note" }, URL.parse(node.attrs.href)?.hostname.replace(/^www\./, "") ?? ""],
    ],
  ],
  renderText: ({ node }) => `${videoPrefix}${node.attrs.title} ${node.attrs.href}`,
});

export const extensions: Extensions = [Starter, HeadingLevels, SiteImage, ...tables, VideoLink];
