import type { Child, FC } from "hono/jsx";
import type { Translate } from "../platform/i18n.ts";
import { Form, SubmitButton, TextField } from "./forms.tsx";

type CodeFormProps = {
  t: Translate;
  idPrefix: string;
  action: string;
  labelledBy: string;
  label: string;
  /** Where the code is found. */
  why: string;
  button: string;
  error: string | undefined;
  typed: string | undefined;
  /** What goes along unseen. */
  children?: Child | undefined;
};

/** Where the digits from a mail are typed; phones offer them (WCAG 1.3.5). */
export const CodeForm: FC<CodeFormProps> = ({ t, idPrefix, action, labelledBy, button, ...props }) => (
  <Form action={action} labelledBy={labelledBy}>
    <TextField
      {...{ t, idPrefix, name: "code", inputmode: "numeric", autocomplete: "one-time-code" }}
      label={props.label}
      description={props.why}
      value={props.typed}
      error={props.error}
    />
    {props.children}
    <SubmitButton>{button}</SubmitButton>
  </Form>
);
