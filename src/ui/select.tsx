import type { FC } from "hono/jsx";
import { Field, type FieldProps, fieldAttributes } from "./fields.tsx";
import type { Option } from "./forms.tsx";

type SelectProps = FieldProps & { options: Pick<Option, "value" | "label">[] };

/** One out of many. */
export const Select: FC<SelectProps> = (props) => (
  <Field {...props}>
    <select
      class={`utrecht-select utrecht-select--html-select${props.error ? " utrecht-select--invalid" : ""}`}
      name={props.name}
      {...fieldAttributes(props)}
    >
      {props.options.map(({ value, label }) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </Field>
);
