import type { Child, FC } from "hono/jsx";
import type { Translate } from "../platform/i18n.ts";
import { Field, type FieldProps, fieldAttributes, fieldId } from "./fields.tsx";

export { SubmitButton } from "./buttons.tsx";
export { Checkbox, CheckboxGroup, RadioGroup } from "./choices.tsx";

type FormProps = {
  action: string;
  children: Child;
  id?: string | undefined;
  class?: string | undefined;
  /** The id of the heading that names the form; makes it a landmark. */
  labelledBy?: string | undefined;
  encType?: "multipart/form-data" | undefined;
  /** For the browser code that saves by itself: where, the version, and the name to keep it by in the browser. */
  "data-autosave"?: string | undefined;
  "data-version"?: number | undefined;
  "data-draft-key"?: string | undefined;
};

/** A form that the server checks: the browser shows no bubbles of its own. */
export const Form: FC<FormProps> = ({ action, children, id, labelledBy, encType, ...rest }) => (
  <form
    {...rest}
    class={rest.class ?? "form"}
    method="post"
    action={action}
    id={id}
    aria-labelledby={labelledBy}
    enctype={encType}
    novalidate
  >
    {children}
  </form>
);

type TextFieldProps = FieldProps & {
  type?: "text" | "email" | "tel" | "url" | "search" | "password" | undefined;
  inputmode?: "numeric" | "email" | "tel" | "url" | undefined;
  maxlength?: number | undefined;
  spellcheck?: boolean | undefined;
  /** Where browser code gets suggestions: a path to which the typed text is added, answering a JSON list of names. */
  suggestions?: string | undefined;
};

/** One line of text. */
export const TextField: FC<TextFieldProps> = (props) => (
  <Field {...props}>
    <input
      class={`utrecht-textbox utrecht-textbox--html-input${props.error ? " utrecht-textbox--invalid" : ""}`}
      type={props.type ?? "text"}
      name={props.name}
      value={props.value}
      required={!props.optional}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      spellcheck={props.type === "email" ? false : props.spellcheck}
      data-suggestions={props.suggestions}
      dir="auto"
      lang={props.lang}
      {...fieldAttributes(props)}
    />
  </Field>
);

type TextAreaProps = FieldProps & {
  rows?: number;
  maxlength?: number | undefined;
  /** Counts along while typing, by browser code; in the texts "#" stands for the number. */
  counter?: { most: number; left: string; over: string } | undefined;
};

/** Several lines of text. */
export const TextArea: FC<TextAreaProps> = (props) => (
  <Field {...props}>
    <textarea
      class={`utrecht-textarea utrecht-textarea--html-textarea${props.error ? " utrecht-textarea--invalid" : ""}`}
      name={props.name}
      rows={props.rows ?? 6}
      required={!props.optional}
      autocomplete={props.autocomplete}
      maxlength={props.maxlength}
      data-most={props.counter?.most}
      data-left={props.counter?.left}
      data-over={props.counter?.over}
      dir="auto"
      lang={props.lang}
      {...fieldAttributes(props)}
    >
      {props.value}
    </textarea>
  </Field>
);

export type Option = { value: string; label: string; description?: string | undefined };

type ErrorSummaryProps = {
  t: Translate;
  /** In the order of the fields; `name` is that of the field. */
  errors: { name: string; message: string }[];
  idPrefix?: string | undefined;
};

/** All errors above the form. It takes the focus when the page opens, also without script. */
export const ErrorSummary: FC<ErrorSummaryProps> = ({ t, errors, idPrefix }) => {
  if (errors.length === 0) return null;
  const id = fieldId("errors", idPrefix);
  return (
    <div
      class="utrecht-alert utrecht-alert--error error-summary"
      role="alert"
      id={id}
      tabindex={-1}
      autofocus
      aria-labelledby={`${id}-heading`}
    >
      <h2 class="error-summary__heading" id={`${id}-heading`}>
        {t("ui:errorSummary", { count: errors.length })}
      </h2>
      <ul>
        {errors.map((error) => (
          <li>
            <a class="nl-link" href={`#${fieldId(error.name, idPrefix)}`}>
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};

export const honeypotField = "leave_empty";

/** A field that people never see and that robots fill in. */
export const Honeypot: FC<{ t: Translate; idPrefix?: string | undefined }> = ({ t, idPrefix }) => {
  const id = fieldId(honeypotField, idPrefix);
  return (
    <div class="visually-hidden" aria-hidden="true">
      <label for={id}>{t("ui:honeypot")}</label>
      <input type="text" id={id} name={honeypotField} tabindex={-1} autocomplete="off" />
    </div>
  );
};
