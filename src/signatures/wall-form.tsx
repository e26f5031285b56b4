import type { Manifesto } from "../manifesto/queries.ts";
import { paths } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { Field, fieldAttributes } from "../ui/fields.tsx";
import type { Visit } from "../visit.tsx";
import { wallFields } from "./wall-address.ts";
import type { WallFilter } from "./wall-queries.ts";

type WallFormProps = { visit: Visit; manifesto: Manifesto; filter: WallFilter };

/** Search and filter; what is chosen stands in the address. */
export function WallForm({ visit, manifesto, filter }: WallFormProps) {
  const { t, language } = visit;
  const names = wallFields[language];
  const search = { t, name: names.search, idPrefix: "wall", label: t("wall:search.label") };
  const principle = { t, name: names.principle, idPrefix: "wall", label: t("wall:search.principle") };
  return (
    <search>
      <form class="wall-form" method="get" action={paths(language).signatories}>
        <Field {...search}>
          <input
            class="utrecht-textbox utrecht-textbox--html-input"
            type="search"
            name={names.search}
            value={filter.search}
            maxlength={100}
            dir="auto"
            {...fieldAttributes(search)}
          />
        </Field>
        <Field {...principle}>
          <select
            class="utrecht-select utrecht-select--html-select"
            name={names.principle}
            {...fieldAttributes(principle)}
          >
            <option value="">{t("wall:search.any")}</option>
            {manifesto.principles.map(({ slug, verb }) => (
              <option value={slug} selected={slug === filter.principle}>
                {pick(verb, language).text}
              </option>
            ))}
          </select>
        </Field>
        <SubmitButton look="secondary">{t("wall:search.submit")}</SubmitButton>
      </form>
    </search>
  );
}
