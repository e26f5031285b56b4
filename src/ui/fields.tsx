import type { Child, FC } from "hono/jsx";
import type { Language, Translate } from "../platform/i18n.ts";

/** What every field has. Order on the page: label, description, error, field (NL Design System). */
export type FieldProps = {
  t: Translate;
  name: string;
  label: string;
  value?: string | undefined;
  /** Why we ask, or what a good answer looks like. */
  description?: Child | undefined;
  /** What is wrong and how to mend it. */
  error?: string | undefined;
  optional?: boolean | undefined;
  /** A value of WCAG 1.3.5, such as "email" or "organization". */
  autocomplete?: string | undefined;
  id?: string | undefined;
  /** The language of what is typed, where it is not the page's. */
  lang?: Language | undefined;
  /** Keeps ids apart when two forms stand on one page. */
  idPrefix?: string | undefined;
};

/** The id of a field, which the error summary links to. */
export const fieldId = (name: string, idPrefix = "field"): string => `${idPrefix}-${name}`;

/** The attributes that tie a field to its description and its error. */
export function fieldAttributes(
  props: Pick<FieldProps, "name" | "id" | "idPrefix" | "description" | "error">,
) {
  const id = props.id ?? fieldId(props.name, props.idPrefix);
  const describedBy = [props.description && `${id}-description`, props.error && `${id}-error`].filter(
    Boolean,
  );
  return {
    id,
    "aria-describedby": describedBy.join(" ") || undefined,
    "aria-invalid": props.error ? ("true" as const) : undefined,
  };
}

export const Description: FC<{ id: string; children?: Child }> = ({ id, children }) =>
  children ? (
    <div class="utrecht-form-field-description" id={`${id}-description`}>
      {children}
    </div>
  ) : null;

export const ErrorMessage: FC<{ id: string; t: Translate; error?: string | undefined }> = (props) =>
  props.error ? (
    <p class="utrecht-form-field-error-message" id={`${props.id}-error`}>
      <span class="visually-hidden">{props.t("ui:error")} </span>
      {props.error}
    </p>
  ) : null;

export const Optional: FC<{ t: Translate; optional?: boolean | undefined }> = ({ t, optional }) =>
  optional ? <span class="field__optional"> {t("ui:optional")}</span> : null;

/** Label, description and error around one field. */
export const Field: FC<FieldProps & { children?: Child }> = (props) => {
  const { id } = fieldAttributes(props);
  return (
    <div class={`utrecht-form-field field${props.error ? " utrecht-form-field--invalid" : ""}`}>
      <label class="utrecht-form-label" for={id}>
        {props.label}
        <Optional t={props.t} optional={props.optional} />
      </label>
      <Description id={id}>{props.description}</Description>
      <ErrorMessage id={id} t={props.t} error={props.error} />
      {props.children}
    </div>
  );
};
