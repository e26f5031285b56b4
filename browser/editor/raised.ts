import { styleOf, unwrap } from "./paste-dom.ts";

const table = (plain: string, raised: string) => {
  const signs = [...raised];
  return new Map([...plain].map((sign, at) => [sign, signs[at]!]));
};

/** Superscripts and subscripts of Unicode 16 (Superscripts and Subscripts, Phonetic Extensions, Spacing Modifier Letters). */
const above = table(
  "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
);
const below = table("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");

type Side = "super" | "sub";

function sideOf(node: Element): Side | null {
  const told = /^(super|sub)\b/i.exec(styleOf(node, "vertical-align"))?.[1]?.toLowerCase();
  if (told) return told as Side;
  if (/^baseline/i.test(styleOf(node, "vertical-align"))) return null;
  return node.matches("sup") ? "super" : node.matches("sub") ? "sub" : null;
}

function* textsIn(node: Element): Generator<Text> {
  const texts = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) yield texts.currentNode as Text;
}

function raise(node: Element, side: Side): void {
  const signs = side === "super" ? above : below;
  const text = node.textContent?.trim() ?? "";
  if (side === "super" && /^(TM|SM)$/.test(text)) {
    node.textContent = text === "TM" ? "™" : "℠";
    return;
  }
  // longer words are words: in signs nobody would find them, nor hear them read aloud
  const letters = text.replace(/\P{L}/gu, "").length;
  if (letters <= 3 && [...text].every((sign) => signs.has(sign) || /[\s,.;]/.test(sign))) {
    for (const one of textsIn(node)) one.data = [...one.data].map((sign) => signs.get(sign) ?? sign).join("");
    return;
  }
  const isFormula = side === "sub" ? /^[\p{L}\d]/u.test(text) : /^[^[(*]*[\d+=/·×−]/.test(text);
  if (!isFormula) return;
  node.prepend(side === "super" ? "^(" : "_(");
  node.append(")");
}

/**
 * Markdown has no superscript and no subscript, and without them 10⁶ is 106. Digits, signs and up to three letters become
 * the characters that Unicode has for them; other formulas are written as in a plain mail, "x^(1/2)"; words and the
 * marks of notes, "[1]", stay on the line.
 */
export function keepRaised(root: ParentNode): void {
  const raised = [...root.querySelectorAll("sup, sub, span, font, a, b, i, em, strong")].flatMap((node) => {
    const side = sideOf(node);
    return side && node.textContent?.trim() ? [{ node, side }] : [];
  });
  const all = new Set(raised.map(({ node }) => node));
  for (const { node, side } of raised) {
    let around = node.parentElement;
    while (around && !all.has(around)) around = around.parentElement;
    if (!around) raise(node, side);
  }
  for (const node of [...root.querySelectorAll("sup, sub")]) unwrap(node);
}
