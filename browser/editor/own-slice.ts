import { DOMSerializer, type Fragment } from "@tiptap/pm/model";
import type { EditorView } from "@tiptap/pm/view";
import { type Cleaned, cleanImages } from "./paste.ts";

/** On what an editor of ours copied. Every editor of this kind marks with "data-pm-slice", so that alone says nothing. */
const mark = "data-archipel-slice";
const key = "archipel-slice";
/** For a browser without storage: then what was copied counts within this page. */
const ofThisPage = crypto.getRandomValues(new Uint32Array(4)).join("-");

/** A word that only this browser's editors of this site know: what one copied, another takes as it is. */
function word(): string {
  try {
    const kept = localStorage.getItem(key);
    if (kept) return kept;
    localStorage.setItem(key, ofThisPage);
  } catch {
    // refused, or full
  }
  return ofThisPage;
}

/** Writes what is copied as ProseMirror does, with our mark on it. */
export const markingSerializer = (view: () => EditorView) =>
  ({
    serializeFragment: (fragment: Fragment, options?: { document?: Document }) => {
      const serializer = DOMSerializer.fromSchema(view().state.schema);
      const made = serializer.serializeFragment(fragment, options) as DocumentFragment;
      made.firstElementChild?.setAttribute(mark, word());
      return made;
    },
  }) as DOMSerializer;

/** What an editor of ours copied, as it is but for images from elsewhere; null for what comes from anywhere else. */
export function ownSlice(html: string): Cleaned | null {
  const ours = `${mark}="${word()}"`;
  if (!html.includes(ours)) return null;
  const { body } = new DOMParser().parseFromString(html, "text/html"); // inert: loads and runs nothing
  const [slice, ...more] = body.querySelectorAll("[data-pm-slice]");
  if (more.length > 0 || !(slice?.matches(`[${ours}]`) || slice?.querySelector(`[${ours}]`))) return null;
  const counts = cleanImages(body);
  return { html: body.innerHTML, ...counts };
}
