import type { FC } from "hono/jsx";
import type { Language } from "../platform/i18n.ts";
import { Field, type FieldProps, fieldAttributes } from "./fields.tsx";

type MarkdownFieldProps = FieldProps & {
  rows?: number | undefined;
  maxlength?: number | undefined;
  /** The language that the text is in, where it differs from the page's: for spelling and for screen readers. */
  language?: Language | undefined;
  /** Where images go: POST of multipart "file", answering {src, width, height} or {error}. Without it: no images. */
  upload?: string | undefined;
  /** Where is asked whether a link answers: POST of {url}, answering {ok, reason}. */
  checkLink?: string | undefined;
};

/**
 * Running text in Markdown. A textarea with a line of help; browser/editor.ts makes an editor of it, whose page must
 * have that script ("browser/editor.ts") and the style "browser/desk.css".
 */
export const MarkdownField: FC<MarkdownFieldProps> = (props) => {
  const described = {
    ...props,
    description: (
      <>
        {props.description && <span>{props.description} </span>}
        <span data-markdown-help>{props.t("editor:help")}</span>
      </>
    ),
  };
  return (
    <Field {...described}>
      <textarea
        class={`utrecht-textarea utrecht-textarea--html-textarea editor-source${props.error ? " utrecht-textarea--invalid" : ""}`}
        name={props.name}
        rows={props.rows ?? 14}
        required={!props.optional}
        maxlength={props.maxlength}
        lang={props.language}
        dir="auto"
        data-editor
        data-upload={props.upload}
        data-check-link={props.checkLink}
        {...fieldAttributes(described)}
      >
        {props.value}
      </textarea>
    </Field>
  );
};
