import { button, element } from "./dom.ts";

/** Something to do later: why, what the button says, and what it does; a link where something has to be done first. */
export type Offer = {
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
  return { box, show };
}
