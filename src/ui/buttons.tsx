import type { Child, FC } from "hono/jsx";

type Look = "primary" | "secondary" | "subtle";
const classes = (look: Look) => `nl-button nl-button--${look}`;

type SubmitButtonProps = {
  children: Child;
  look?: Look | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Where this button sends the form, if not where the form itself says. */
  action?: string | undefined;
  /** How, where the form itself is sent another way. */
  method?: "post" | undefined;
  /** The whole name for who hears it, where the words on it need the words around it. */
  label?: string | undefined;
};

/** The button that sends a form; never disabled. */
export const SubmitButton: FC<SubmitButtonProps> = ({ children, look = "primary", ...props }) => (
  <button
    type="submit"
    class={classes(look)}
    name={props.name}
    value={props.value}
    formaction={props.action}
    formmethod={props.method}
    aria-label={props.label}
  >
    {children}
  </button>
);

/** A link that looks like a button: the one next step of a page. */
export const ButtonLink: FC<{ href: string; children: Child; look?: Look | undefined }> = (props) => (
  <a href={props.href} class={classes(props.look ?? "primary")}>
    {props.children}
  </a>
);
