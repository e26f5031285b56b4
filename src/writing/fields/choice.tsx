import { z } from "zod";
import { pastedAddress } from "../../platform/email-address.ts";
import { fieldId } from "../../ui/fields.tsx";
import { CheckboxGroup, RadioGroup, TextField } from "../../ui/forms.tsx";
import { asField, type Field, idOf, type Problem } from "./types.ts";

/** A value that can be chosen, with the key of its text. */
type Choosable = { value: string; label: string; description?: string };

/** One out of a few. */
export const choice = (
  name: string,
  options: { label: string; description?: string; of: Choosable[]; initial?: string; optional?: boolean },
): Field =>
  asField<string>({
    name,
    label: options.label,
    empty: options.initial ?? "",
    read: (typed, at) => options.of.find(({ value }) => value === typed[at])?.value ?? "",
    problems: (value, at, stage) =>
      stage === "publishing" && !options.optional && !value ? [{ name: at, message: "writing:choose" }] : [],
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, { t, error }) => (
      <RadioGroup
        t={t}
        name={at}
        id={fieldId(idOf(at))}
        label={t(options.label)}
        description={options.description && t(options.description)}
        value={value}
        error={error(at)}
        optional={options.optional}
        options={options.of.map((one) => ({
          value: one.value,
          label: t(one.label),
          description: one.description && t(one.description),
        }))}
      />
    ),
  });

/** Some out of a few; those of `always` cannot be left out. */
export const choices = (
  name: string,
  options: {
    label: string;
    description?: string;
    of: Choosable[];
    min?: number;
    max?: number;
    always?: string[];
  },
): Field =>
  asField<string[]>({
    name,
    label: options.label,
    empty: options.always ?? [],
    read: (typed, at) =>
      options.of
        .map(({ value }) => value)
        .filter((value) => options.always?.includes(value) || typed[`${at}.${value}`]),
    problems: (value, at, stage) => {
      if (options.max && value.length > options.max)
        return [{ name: at, message: "writing:tooMany", values: { max: options.max } }];
      const min = stage === "publishing" ? (options.min ?? 0) : 0;
      return value.length < min ? [{ name: at, message: "writing:chooseSome", values: { count: min } }] : [];
    },
    pieces: (value, at) => [{ name: at, label: [options.label], text: value.join(", ") }],
    input: (value, at, { t, error }) => (
      <CheckboxGroup
        t={t}
        name={at}
        id={fieldId(idOf(at))}
        label={t(options.label)}
        description={options.description && t(options.description)}
        error={error(at)}
        optional={!options.min}
        options={options.of
          .filter((one) => !options.always?.includes(one.value))
          .map((one) => ({
            name: `${at}.${one.value}`,
            label: t(one.label),
            checked: value.includes(one.value),
          }))}
      />
    ),
  });

type AddressOptions = { label: string; description?: string; optional?: boolean };

const address = (
  name: string,
  options: AddressOptions,
  kind: { type: "url" | "email"; invalid: string; is: (text: string) => boolean },
): Field =>
  asField<string>({
    name,
    label: options.label,
    empty: "",
    read: (typed, at) => (kind.type === "email" ? pastedAddress(typed[at] ?? "") : (typed[at] ?? "")),
    problems: (value, at, stage): Problem[] => {
      if (value && !kind.is(value)) return [{ name: at, message: kind.invalid }];
      return stage === "publishing" && !options.optional && !value
        ? [{ name: at, message: "writing:missing" }]
        : [];
    },
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, { t, error }) => (
      <TextField
        t={t}
        name={at}
        id={fieldId(idOf(at))}
        type={kind.type}
        label={t(options.label)}
        description={options.description && t(options.description)}
        value={value}
        error={error(at)}
        optional={options.optional}
        spellcheck={false}
      />
    ),
  });

const isWebAddress = (text: string) =>
  text.length <= 2000 &&
  /^https?:$/.test(URL.parse(text)?.protocol ?? "") &&
  /\.\w/.test(URL.parse(text)!.host);
const isEmail = (text: string) =>
  text.length <= 254 && z.email({ pattern: z.regexes.html5Email }).safeParse(text).success;

/** An address on the web. */
export const url = (name: string, options: AddressOptions): Field =>
  address(name, options, { type: "url", invalid: "writing:invalidUrl", is: isWebAddress });

/** An e-mail address. */
export const email = (name: string, options: AddressOptions): Field =>
  address(name, options, { type: "email", invalid: "forms:email.invalid", is: isEmail });
