import { paths, technical } from "../paths.ts";
import { formatNumber, type Language, type Translate } from "../platform/i18n.ts";
import type { Visit } from "../visit.tsx";
import { type Figures, roundedDown } from "./count.ts";
import { counterAnchor } from "./wall-address.ts";
import type { WallSignature } from "./wall-queries.ts";

/** "1.234 mensen uit 87 organisaties". */
export function figuresInWords(t: Translate, language: Language, { count, organisations }: Figures): string {
  const people = t("wall:people", { count, number: formatNumber(count, language) });
  if (organisations === 0) return people;
  const number = formatNumber(organisations, language);
  return t("wall:from", { people, organisations: t("wall:organisations", { count: organisations, number }) });
}

/**
 * The picture that other sites show with a link to the manifesto or its wall. The rounded count in its address makes
 * sites that keep a picture for good ask for a new one.
 */
export function manifestoPicture({ t, language, here }: Visit, figures: Figures) {
  const count = roundedDown(figures.count);
  return {
    image: `${here.movementOrigin}${technical.manifestoImage(language)}?n=${count}`,
    imageAlt: t("wall:pictureAlt", { count, number: formatNumber(count, language) }),
  };
}

/** Signers as they chose to be seen: with name, or with role and organisation. */
export function SignatureList({
  signatures,
  labelledBy,
}: {
  signatures: WallSignature[];
  labelledBy: string;
}) {
  return (
    <ul class="signatories" aria-labelledby={labelledBy}>
      {signatures.map(({ name, role, organisation, place, motivation }) => {
        const about = [role, organisation, place].filter((part) => part !== null);
        return (
          <li class={name ? undefined : "signatories__unnamed"}>
            {name && (
              <strong>
                <bdi>{name}</bdi>
              </strong>
            )}
            <span class="signatories__about">
              {about.map((part, at) => (
                <>
                  {at > 0 && " · "}
                  <bdi>{part}</bdi>
                </>
              ))}
            </span>
            {motivation && (
              <q class="signatories__why">
                <bdi>{motivation}</bdi>
              </q>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type PreviewProps = { visit: Visit; figures: Figures; latest: WallSignature[] };

/** Who signed lately and how many in all, with the ways on; nothing as long as nobody signed. */
export function SignatoriesPreview({ visit, figures, latest }: PreviewProps) {
  const { t, language } = visit;
  const to = paths(language);
  if (figures.count === 0) return null;
  return (
    <section class="section" aria-labelledby="signatories">
      <h2 class="section__heading" id="signatories">
        {t("wall:title")}
      </h2>
      <p class="lead">{t("wall:signed", { who: figuresInWords(t, language, figures) })}</p>
      {latest.length > 0 && <SignatureList signatures={latest} labelledBy="signatories" />}
      <p class="section__more">
        <a href={to.signatories}>{t("wall:seeAll")}</a>
        {" · "}
        <a href={`${to.signatories}#${counterAnchor}`}>{t("wall:counter.heading")}</a>
      </p>
    </section>
  );
}
