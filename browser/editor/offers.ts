import { button, element } from "./dom.ts";
import type { Uploaded } from "./upload.ts";
import type { Words } from "./words.ts";

type NotUploaded = Extract<Uploaded, { kind: "signed-out" | "failed" }>;

/** Something to do later: why, what the button says, and what it does; a link where something has to be done first. */
type Offer = {
  message: string;
  label: string;
  act: () => unknown;
  link?: { label: string; href: string };
};

/** A place for what waits for somebody. What comes in it is said aloud, and stays until its button is pressed. */
export function offers() {
  const box = element("div", { class: "offers", role: "alert" });
  const show = ({ message, label, act, link }: Offer) => {
    const line = element("p", { class: "offers__line" }, message, " ");
    if (link)
      line.append(
        element("a", { class: "nl-link", href: link.href, target: "_blank", rel: "noopener" }, link.label),
        " ",
      );
    line.append(
      button(label, "subtle", () => {
        line.remove();
        act();
      }),
    );
    box.append(line);
  };
  let told: HTMLElement | null = null;
  /** What was of no use, until something else is told or null. */
  const tell = (message: string | null) => {
    told?.remove();
    told = message ? element("p", { class: "offers__line" }, message) : null;
    if (told) box.append(told);
  };
  /** Why an upload did not come through, and a button that sends it again. */
  const tryAgain = (t: Words, name: string, result: NotUploaded, act: () => unknown) =>
    show({
      message: t(result.kind === "failed" ? "editor:image.failed" : "editor:image.signedOut", { name }),
      label: t("editor:image.retry", { name }),
      act,
      ...(result.kind === "signed-out" && {
        link: { label: t("editor:save.signIn"), href: result.signIn },
      }),
    });
  return { box, show, tell, tryAgain };
}
