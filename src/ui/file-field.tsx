import type { FC } from "hono/jsx";
import { Field, type FieldProps, fieldAttributes } from "./fields.tsx";

/** One file to send. The form it stands in is `multipart/form-data`. */
export const FileField: FC<Omit<FieldProps, "value" | "autocomplete"> & { accept: string }> = (props) => (
  <Field {...props}>
    <input
      class="utrecht-textbox utrecht-textbox--html-input file-field"
      type="file"
      name={props.name}
      accept={props.accept}
      required={!props.optional}
      {...fieldAttributes(props)}
    />
  </Field>
);
