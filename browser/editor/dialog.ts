import { button, element, freshId } from "./dom.ts";
import type { Words } from "./words.ts";

export type DialogField = {
  wrapper: HTMLElement;
  input: HTMLInputElement | HTMLTextAreaElement;
  /** Shows what is wrong at the field and ties it to it; null takes it away. */
  complain: (message: string | null) => void;
};

/** A field in the order of the site's forms: label, description, error, field. */
export function dialogField(options: {
  label: string;
  description?: string;
  value: string;
  type?: "text" | "url";
  lines?: number;
}): DialogField {
  const id = freshId();
  const description = element("div", { class: "utrecht-form-field-description", id: `${id}-description` });
  description.textContent = options.description ?? "";
  const error = element("p", { class: "utrecht-form-field-error-message", id: `${id}-error`, hidden: true });
  const input = options.lines
    ? element("textarea", { class: "utrecht-textarea utrecht-textarea--html-textarea", rows: options.lines })
    : element("input", {
        class: "utrecht-textbox utrecht-textbox--html-input",
        type: "text",
        inputmode: options.type === "url" ? "url" : null,
        autocapitalize: options.type === "url" ? "off" : null,
        spellcheck: options.type === "url" ? "false" : null,
      });
  input.id = id;
  input.dir = "auto";
  input.value = options.value;
  const describe = () => {
    const ids = [options.description && description.id, !error.hidden && error.id].filter(Boolean);
    if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "));
    else input.removeAttribute("aria-describedby");
  };
  describe();
  const wrapper = element(
    "div",
    { class: "utrecht-form-field field" },
    element("label", { class: "utrecht-form-label", for: id }, options.label),
    ...(options.description ? [description] : []),
    error,
    input,
  );
  return {
    wrapper,
    input,
    complain: (message) => {
      error.textContent = message ?? "";
      error.hidden = !message;
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      wrapper.classList.toggle("utrecht-form-field--invalid", Boolean(message));
      describe();
      if (message) input.focus();
    },
  };
}

type DialogOptions = {
  words: Words;
  title: string;
  body: HTMLElement[];
  save: string;
  /** Whether all is well, so that the dialog may close. */
  check: () => boolean;
  more?: { label: string; value: string };
};

/** A native dialog: the browser keeps the focus within it, closes it on Escape and gives the focus back. */
export function openDialog({ words, title, body, save, check, more }: DialogOptions): Promise<string> {
  const heading = element("h2", { class: "dialog__title", id: freshId() }, title);
  const box = element("dialog", { class: "dialog", "aria-labelledby": heading.id });
  const form = element("form", { novalidate: true, class: "dialog__form" });
  const actions = element("div", { class: "actions" });
  actions.append(element("button", { class: "nl-button nl-button--primary", type: "submit" }, save));
  if (more) actions.append(button(more.label, "secondary", () => box.close(more.value)));
  actions.append(button(words("editor:dialog.cancel"), "subtle", () => box.close("")));
  form.append(heading, ...body, actions);
  box.append(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (check()) box.close("save");
  });
  document.body.append(box);
  box.showModal();
  form.querySelector<HTMLElement>("input, textarea")?.focus();
  return new Promise((done) =>
    box.addEventListener("close", () => {
      box.remove();
      done(box.returnValue);
    }),
  );
}
