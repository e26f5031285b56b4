import { paths, technical } from "../paths.ts";
import { Field, fieldAttributes } from "../ui/fields.tsx";
import type { Visit } from "../visit.tsx";
import { counterAnchor } from "./wall-address.ts";

/** The counter as it looks, and the code that puts it on another site (docs/embed.md). */
export function CounterSection({ visit }: { visit: Visit }) {
  const { t, language, here } = visit;
  const field = {
    t,
    name: "counter-code",
    label: t("wall:counter.code"),
    description: t("wall:counter.how"),
  };
  return (
    <section class="section section--sand" aria-labelledby={counterAnchor}>
      <h2 class="section__heading" id={counterAnchor}>
        {t("wall:counter.heading")}
      </h2>
      <p>{t("wall:counter.text")}</p>
      <div class="counter-example">
        <Counter visit={visit} />
      </div>
      <Field {...field}>
        <textarea
          class="utrecht-textarea utrecht-textarea--html-textarea counter-code"
          name={field.name}
          rows={5}
          readonly
          spellcheck={false}
          data-copy={t("wall:counter.copy")}
          data-copied={t("wall:counter.copied")}
          {...fieldAttributes(field)}
        >
          {counterCode(here.movementOrigin, language, t("wall:counter.sign"))}
        </textarea>
      </Field>
    </section>
  );
}

function Counter({ visit }: { visit: Visit }) {
  const { t, language, here } = visit;
  return (
    <archipel-counter src={here.movementOrigin} lang={language}>
      <a href={paths(language).manifesto}>{t("wall:counter.sign")}</a>
    </archipel-counter>
  );
}

const counterCode = (origin: string, language: "nl" | "en", sign: string) => `\
<archipel-counter src="${origin}" lang="${language}">
  <a href="${origin}${paths(language).manifesto}">${sign}</a>
</archipel-counter>
<script type="module" src="${origin}${technical.counterScript}"></script>`;
