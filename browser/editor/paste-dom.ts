/** What a pasted element's style, kept as data, says about a property; "" where it says nothing. */
export const styleOf = (node: Element, property: string): string =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i")
    .exec(node.getAttribute("data-style") ?? "")?.[1]
    ?.trim() ?? "";

export function unwrap(node: Element): void {
  node.replaceWith(...node.childNodes);
}

export function rename(node: Element, name: string): HTMLElement {
  const made = node.ownerDocument.createElement(name);
  for (const { name, value } of [...node.attributes]) made.setAttribute(name, value);
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
}

/** The element before, with no words in between. */
export function previousElement(node: Element): Element | null {
  let previous = node.previousSibling;
  while (previous && previous.nodeType !== Node.ELEMENT_NODE && !previous.textContent?.trim())
    previous = previous.previousSibling;
  return previous instanceof Element ? previous : null;
}
