import type { Editor } from "@tiptap/core";
import { element, icon } from "./dom.ts";
import type { Words } from "./words.ts";

export type Tool = {
  name: string;
  label: string;
  /** As Tiptap writes it: "Mod-b". */
  shortcut?: string;
  run: (editor: Editor) => void;
  /** For a tool that is on or off where the cursor stands. */
  isActive?: (editor: Editor) => boolean;
  isPossible?: (editor: Editor) => boolean;
  /** Shows its label instead of an icon. */
  inWords?: boolean;
};

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** "Mod-Shift-8" as people know it: "Ctrl+Shift+8" or "⌘⇧8". */
function shown(shortcut: string): string {
  const apple: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
  const parts = shortcut.split("-").map((part) => (part.length === 1 ? part.toUpperCase() : part));
  return isApple
    ? parts.map((part) => apple[part] ?? part).join("")
    : parts.map((part) => (part === "Mod" ? "Ctrl" : part)).join("+");
}
/** The form of aria-keyshortcuts (WAI-ARIA 1.2). */
const spoken = (shortcut: string) =>
  shortcut
    .split("-")
    .map((part) =>
      part === "Mod" ? (isApple ? "Meta" : "Control") : part.length === 1 ? part.toUpperCase() : part,
    )
    .join("+");

function toolButton(tool: Tool, editor: Editor): HTMLButtonElement {
  const label = tool.shortcut ? `${tool.label} (${shown(tool.shortcut)})` : tool.label;
  const made = element(
    "button",
    {
      type: "button",
      class: tool.inWords ? "tool tool--words" : "tool",
      tabindex: -1,
      "data-tool": tool.name,
      "data-tip": tool.inWords ? null : label,
      "aria-label": tool.inWords ? null : tool.label,
      "aria-keyshortcuts": tool.shortcut ? spoken(tool.shortcut) : null,
      "aria-pressed": tool.isActive ? "false" : null,
    },
    tool.inWords ? tool.label : icon(tool.name),
  );
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays where it is
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") !== "true") tool.run(editor);
  });
  return made;
}

/** The pattern "toolbar" of the ARIA Authoring Practices: one stop for Tab, arrows within. */
export function toolbar(name: string, groups: Tool[][], editor: Editor) {
  const bar = element("div", { role: "toolbar", "aria-label": name, class: "tools" });
  const buttons = new Map<Tool, HTMLButtonElement>();
  for (const group of groups) {
    const part = element("div", { class: "tools__group" });
    for (const tool of group) {
      const made = toolButton(tool, editor);
      buttons.set(tool, made);
      part.append(made);
    }
    bar.append(part);
  }
  const all = [...buttons.values()];
  let current = all[0]!;
  const stopAt = (next: HTMLButtonElement) => {
    current.tabIndex = -1;
    current = next;
    current.tabIndex = 0;
  };
  stopAt(current);
  bar.addEventListener("focusin", ({ target }) => {
    bar.removeAttribute("data-quiet");
    if (target instanceof HTMLButtonElement && all.includes(target)) {
      stopAt(target);
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  bar.addEventListener("keydown", (event) => {
    const at = all.indexOf(current);
    const step: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === "Escape") {
      if (bar.hasAttribute("data-quiet")) editor.commands.focus();
      bar.setAttribute("data-quiet", ""); // first the tip goes (WCAG 1.4.13), then the focus goes back
    }
    const next = step[event.key];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    all[(next + all.length) % all.length]!.focus();
  });
  const refresh = () => {
    for (const [tool, made] of buttons) {
      if (tool.isActive) made.setAttribute("aria-pressed", String(tool.isActive(editor)));
      if (tool.isPossible && !tool.isPossible(editor)) made.setAttribute("aria-disabled", "true");
      else made.removeAttribute("aria-disabled");
    }
  };
  refresh();
  return { bar, refresh, focus: () => current.focus() };
}

/** The tools that every field has; links, images and videos come from the field. */
export function mainTools(
  t: Words,
  ask: { link: () => void; image: (() => void) | null; video: () => void },
): Tool[][] {
  const heading = (level: 2 | 3 | 4, name: string, label: string): Tool => ({
    name,
    label,
    shortcut: `Mod-Alt-${level}`,
    run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
    isActive: (editor) => editor.isActive("heading", { level }),
  });
  return [
    [
      heading(2, "heading2", t("editor:toolbar.heading2")),
      heading(3, "heading3", t("editor:toolbar.heading3")),
      heading(4, "heading4", t("editor:toolbar.heading4")),
    ],
    [
      {
        name: "bold",
        label: t("editor:toolbar.bold"),
        shortcut: "Mod-b",
        run: (editor) => editor.chain().focus().toggleBold().run(),
        isActive: (editor) => editor.isActive("bold"),
      },
      {
        name: "italic",
        label: t("editor:toolbar.italic"),
        shortcut: "Mod-i",
        run: (editor) => editor.chain().focus().toggleItalic().run(),
        isActive: (editor) => editor.isActive("italic"),
      },
      {
        name: "link",
        label: t("editor:toolbar.link"),
        shortcut: "Mod-k",
        run: ask.link,
        isActive: (editor) => editor.isActive("link"),
      },
    ],
    [
      {
        name: "bulletList",
        label: t("editor:toolbar.bulletList"),
        shortcut: "Mod-Shift-8",
        run: (editor) => editor.chain().focus().toggleBulletList().run(),
        isActive: (editor) => editor.isActive("bulletList"),
      },
      {
        name: "orderedList",
        label: t("editor:toolbar.orderedList"),
        shortcut: "Mod-Shift-7",
        run: (editor) => editor.chain().focus().toggleOrderedList().run(),
        isActive: (editor) => editor.isActive("orderedList"),
      },
      {
        name: "blockquote",
        label: t("editor:toolbar.blockquote"),
        shortcut: "Mod-Shift-b",
        run: (editor) => editor.chain().focus().toggleBlockquote().run(),
        isActive: (editor) => editor.isActive("blockquote"),
      },
    ],
    [
      ...(ask.image ? [{ name: "image", label: t("editor:toolbar.image"), run: ask.image }] : []),
      { name: "video", label: t("editor:toolbar.video"), run: ask.video },
      {
        name: "table",
        label: t("editor:toolbar.table"),
        run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
        isPossible: (editor) => !editor.isActive("table"),
      },
      {
        name: "horizontalRule",
        label: t("editor:toolbar.horizontalRule"),
        run: (editor) => editor.chain().focus().setHorizontalRule().run(),
      },
    ],
    [
      {
        name: "code",
        label: t("editor:toolbar.code"),
        shortcut: "Mod-e",
        run: (editor) => editor.chain().focus().toggleCode().run(),
        isActive: (editor) => editor.isActive("code"),
      },
      {
        name: "codeBlock",
        label: t("editor:toolbar.codeBlock"),
        shortcut: "Mod-Alt-c",
        run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
        isActive: (editor) => editor.isActive("codeBlock"),
      },
    ],
    [
      {
        name: "undo",
        label: t("editor:toolbar.undo"),
        shortcut: "Mod-z",
        run: (editor) => editor.chain().focus().undo().run(),
        isPossible: (editor) => editor.can().undo(),
      },
      {
        name: "redo",
        label: t("editor:toolbar.redo"),
        shortcut: "Mod-Shift-z",
        run: (editor) => editor.chain().focus().redo().run(),
        isPossible: (editor) => editor.can().redo(),
      },
    ],
  ];
}

export const tableTools = (t: Words): Tool[][] => [
  (
    [
      ["addRow", t("editor:toolbar.addRow"), (editor) => editor.chain().focus().addRowAfter().run()],
      ["deleteRow", t("editor:toolbar.deleteRow"), (editor) => editor.chain().focus().deleteRow().run()],
      ["addColumn", t("editor:toolbar.addColumn"), (editor) => editor.chain().focus().addColumnAfter().run()],
      [
        "deleteColumn",
        t("editor:toolbar.deleteColumn"),
        (editor) => editor.chain().focus().deleteColumn().run(),
      ],
      [
        "deleteTable",
        t("editor:toolbar.deleteTable"),
        (editor) => editor.chain().focus().deleteTable().run(),
      ],
    ] as [string, string, (editor: Editor) => void][]
  ).map(([name, label, run]) => ({ name, label, run, inWords: true })),
];
