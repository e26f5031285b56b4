import type { Child, FC } from "hono/jsx";
import { Description, ErrorMessage, type FieldProps, fieldAttributes, Optional } from "./fields.tsx";
import type { Option } from "./forms.tsx";

/** One out of a few: a fieldset whose legend is the label. */
export const RadioGroup: FC<FieldProps & { options: Option[] }> = (props) => {
  const { id, ...described } = fieldAttributes(props);
  return (
    <fieldset
      class={`utrecht-form-fieldset utrecht-form-fieldset--html-fieldset field${props.error ? " utrecht-form-fieldset--invalid" : ""}`}
      aria-describedby={described["aria-describedby"]}
    >
      <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">
        {props.label}
        <Optional t={props.t} optional={props.optional} />
      </legend>
      <Description id={id}>{props.description}</Description>
      <ErrorMessage id={id} t={props.t} error={props.error} />
      {props.options.map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${index + 1}`;
        return (
          <div class="choice">
            <input
              class="utrecht-radio-button utrecht-radio-button--html-input"
              type="radio"
              id={optionId}
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              required={!props.optional}
              aria-invalid={described["aria-invalid"]}
              aria-describedby={option.description ? `${optionId}-option-description` : undefined}
            />
            <label class="utrecht-form-label utrecht-form-label--radio" for={optionId}>
              {option.label}
            </label>
            <Description id={`${optionId}-option`}>{option.description}</Description>
          </div>
        );
      })}
    </fieldset>
  );
};

type CheckboxProps = Omit<FieldProps, "value" | "autocomplete"> & {
  value?: string | undefined;
  checked?: boolean | undefined;
  /** Stands under the label, outside it: the place for a link. */
  children?: Child | undefined;
};

/** A yes of its own. Starts empty unless somebody ticked it before: consent is never assumed. */
export const Checkbox: FC<CheckboxProps> = (props) => {
  const attributes = fieldAttributes(props);
  return (
    <div class={`utrecht-form-field field${props.error ? " utrecht-form-field--invalid" : ""}`}>
      <ErrorMessage id={attributes.id} t={props.t} error={props.error} />
      <div class="choice">
        <input
          class="utrecht-checkbox utrecht-checkbox--custom utrecht-checkbox--html-input"
          type="checkbox"
          name={props.name}
          value={props.value ?? "yes"}
          checked={props.checked}
          required={!props.optional}
          {...attributes}
        />
        <label class="utrecht-form-label utrecht-form-label--checkbox" for={attributes.id}>
          {props.label}
          <Optional t={props.t} optional={props.optional} />
        </label>
        <Description id={attributes.id}>{props.description}</Description>
        {props.children && <div class="choice__more">{props.children}</div>}
      </div>
    </div>
  );
};

type CheckboxGroupProps = Omit<FieldProps, "value" | "autocomplete"> & {
  /** Each with a field name of its own, so that a form holds each name once. */
  options: { name: string; label: string; checked: boolean; description?: Child | undefined }[];
};

/** Some out of a few: a fieldset whose legend is the label. The first box has the id that an error links to. */
export const CheckboxGroup: FC<CheckboxGroupProps> = (props) => {
  const { id, ...described } = fieldAttributes(props);
  return (
    <fieldset
      class={`utrecht-form-fieldset utrecht-form-fieldset--html-fieldset field${props.error ? " utrecht-form-fieldset--invalid" : ""}`}
      aria-describedby={described["aria-describedby"]}
    >
      <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">
        {props.label}
        <Optional t={props.t} optional={props.optional} />
      </legend>
      <Description id={id}>{props.description}</Description>
      <ErrorMessage id={id} t={props.t} error={props.error} />
      <div class="choices">
        {props.options.map(({ name, label, checked, description }, index) => {
          const optionId = index === 0 ? id : `${id}-${index + 1}`;
          return (
            <div class="choice">
              <input
                class="utrecht-checkbox utrecht-checkbox--custom utrecht-checkbox--html-input"
                type="checkbox"
                id={optionId}
                name={name}
                value="yes"
                checked={checked}
                aria-invalid={described["aria-invalid"]}
                aria-describedby={description ? `${optionId}-option-description` : undefined}
              />
              <label class="utrecht-form-label utrecht-form-label--checkbox" for={optionId}>
                {label}
              </label>
              <Description id={`${optionId}-option`}>{description}</Description>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
};
