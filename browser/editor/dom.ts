type Attributes = Record<string, string | number | boolean | null | undefined>;

/** An element with its attributes and children; a boolean attribute is there or not. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      made.setAttribute(attribute, value === true ? "" : String(value));
  made.append(...children);
  return made;
}

let count = 0;
/** An id that nothing else on the page has. */
export const freshId = (): string => `editor-${++count}`;

/** A button of the site's own style that sends no form. */
export function button(label: string, kind: "primary" | "secondary" | "subtle", onClick: () => void) {
  const made = element("button", { type: "button", class: `nl-button nl-button--${kind}` }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** Outlines on a 24-unit grid, drawn like those of src/ui/icons.tsx. */
const outlines: Record<string, string> = {
  heading2: "M4 5v14M12 5v14M4 12h8M16 10.5a2.5 2.5 0 0 1 5 0c0 3-5 5-5 8h5",
  heading3: "M4 5v14M12 5v14M4 12h8M16 9h5l-3 4a2.8 2.8 0 1 1-2 4.5",
  heading4: "M4 5v14M12 5v14M4 12h8M20 19V9l-4.5 7H22",
  bold: "M7 4.5h6a3.7 3.7 0 0 1 0 7.4H7zM7 12h7a3.8 3.8 0 0 1 0 7.5H7z",
  italic: "M10 4.5h8M6 19.5h8M14.5 4.5l-5 15",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  bulletList: "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01",
  orderedList: "M10 6h11M10 12h11M10 18h11M3.5 4.5 5 4v5M3.5 14.5c0-2 3-2 3 0 0 1.5-3 2-3 4.5h3",
  blockquote: "M4 12h5v6H4zV9c0-2 1-4 4-4M14 12h5v6h-5zV9c0-2 1-4 4-4",
  image: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 9h.01",
  video: "M3 5h18v14H3zM10 9v6l5-3z",
  table: "M3 5h18v14H3zM3 10h18M3 14.5h18M9 5v14M15 5v14",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
  codeBlock: "M3 4h18v16H3zM9 9l-3 3 3 3M15 9l3 3-3 3",
  horizontalRule: "M3 12h18M8 6h8M8 18h8",
  undo: "M8 4 3.5 8.5 8 13M4 8.5h10a5.5 5.5 0 0 1 0 11H9",
  redo: "M16 4l4.5 4.5L16 13M20 8.5H10a5.5 5.5 0 0 0 0 11h5",
};

export function icon(name: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  const on = (target: Element, attributes: Record<string, string>) => {
    for (const [attribute, value] of Object.entries(attributes)) target.setAttribute(attribute, value);
  };
  on(svg, { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" });
  on(path, { d: outlines[name] ?? "", fill: "none", stroke: "currentColor", "stroke-width": "2" });
  svg.append(path);
  return svg;
}
