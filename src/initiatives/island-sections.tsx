import { technical } from "../paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Icon } from "../ui/icons.tsx";
import { Picture } from "../ui/picture.tsx";
import { RunningText, Text } from "../ui/text.tsx";
import { islandPaths, type Visit } from "../visit.tsx";
import { Ties } from "./components.tsx";
import { tiesOf } from "./connections.ts";
import { directoryPath } from "./filters.ts";
import type { ArchipelagoContent, Island } from "./queries.ts";

/** The people of an island. */
export function Portraits({ visit, portraits }: { visit: Visit; portraits: Island["portraits"] }) {
  const { t, language } = visit;
  if (portraits.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="portraits">
      <h2 id="portraits">{t("initiatives:island.portraits", { count: portraits.length })}</h2>
      <ul class="portraits">
        {portraits.map((portrait) => (
          <li>
            {portrait.image && (
              <Picture
                src={technical.media(portrait.image)}
                alt=""
                focal={portrait.focal}
                use="portrait"
                width={144}
                height={144}
                eager
              />
            )}
            <strong>{portrait.name}</strong>
            <p class="meta">
              <Text value={portrait.role} language={language} />
            </p>
            {portrait.text && <RunningText value={portrait.text} language={language} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Questions with, beside them, who makes the island possible; either takes the width if it is alone. */
export function QuestionsAndSupporters({ visit, island }: { visit: Visit; island: Island }) {
  const { questions, supporters } = island;
  if (questions.length === 0 && supporters.length === 0) return null;
  return (
    <div class={questions.length > 0 && supporters.length > 0 ? "section split" : "section"}>
      {questions.length > 0 && <Questions visit={visit} questions={questions} />}
      {supporters.length > 0 && <Supporters visit={visit} supporters={supporters} />}
    </div>
  );
}

/**
 * Questions as a native accordion. The anchor is on the answer: a browser that follows a link into a closed
 * `details` opens it (HTML, "ancestor revealing algorithm"), so that a link to a question needs no script.
 */
function Questions({ visit, questions }: { visit: Visit; questions: Island["questions"] }) {
  const { t, language } = visit;
  return (
    <section aria-labelledby="questions">
      <h2 class="section__heading" id="questions">
        {t("initiatives:island.questions")}
      </h2>
      <div class="accordion">
        {questions.map(({ slug, question, answer }) => (
          <details>
            <summary>
              <h3>
                <Text value={question} language={language} />
              </h3>
            </summary>
            <div id={slug} class="accordion__answer">
              <RunningText value={answer} language={language} headingLevel={4} />
              <p class="meta">
                <a
                  class="nl-link"
                  href={`#${slug}`}
                  aria-label={`${t("initiatives:island.questionLink")}: ${pick(question, language).text}`}
                >
                  {t("initiatives:island.questionLink")}
                </a>
              </p>
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}

/** Who makes the island possible: linked to their own island, or else to their own site. */
function Supporters({ visit, supporters }: { visit: Visit; supporters: Island["supporters"] }) {
  const { t, language, here } = visit;
  return (
    <section class="panel panel--sand" aria-labelledby="supporters">
      <h2 id="supporters">{t("initiatives:island.supporters")}</h2>
      <ul class="plain-list supported-by">
        {supporters.map(({ name, text, url, island }) => {
          const href = island ? islandPaths(here, island, language).home : url;
          return (
            <li>
              <strong>
                {href ? (
                  <a class="nl-link" href={href}>
                    {name}
                  </a>
                ) : (
                  name
                )}
              </strong>
              {text && <RunningText value={text} language={language} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type BridgesProps = { visit: Visit; island: Island; archipelago: ArchipelagoContent };

/** The island's connections in words, and its themes as ways to islands like it. */
export function Bridges({ visit, island, archipelago }: BridgesProps) {
  const { t, language } = visit;
  const ties = tiesOf(island.slug, archipelago.connections);
  if (ties.length === 0 && island.themes.length === 0) return null;
  return (
    <section class="section" aria-labelledby="bridges">
      <h2 class="section__heading" id="bridges">
        {t("initiatives:island.connections")}
      </h2>
      <div class="bridges">
        <Ties visit={visit} ties={ties} islands={archipelago.islands} />
        {island.themes.length > 0 && (
          <div>
            <h3>{t("initiatives:island.themes")}</h3>
            <ul class="chips">
              {island.themes.map((theme) => (
                <li>
                  <a href={directoryPath(visit.paths, { kind: null, theme: theme.slug })}>
                    <Text value={theme.name} language={language} />
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

/** How to reach the people of the island. */
export function Contact({ visit, island, name }: { visit: Visit; island: Island; name: string }) {
  const { t, language, here } = visit;
  const { contact_email: email, links } = island;
  return (
    <section class="section section--sand" aria-labelledby="contact">
      <h2 class="section__heading" id="contact">
        {island.contact_heading ? (
          <Text value={island.contact_heading} language={language} />
        ) : (
          t("initiatives:island.contact")
        )}
      </h2>
      {island.contact_text && <RunningText value={island.contact_text} language={language} />}
      <p class="actions">
        <ButtonLink href={islandPaths(here, island.slug, language).contact}>
          {t("initiatives:island.tip")}
        </ButtonLink>
      </p>
      {(email || links.length > 0) && (
        <ul class="share-links">
          {email && (
            <li>
              <a href={`mailto:${email}`}>
                <Icon name="mail" />
                {readableAddress(email)}
              </a>
            </li>
          )}
          {links.map(({ kind, url }) => (
            <li>
              <a href={url} rel="noopener">
                <Icon name={kind === "linkedin" ? "linkedin" : "link"} />
                {kind === "linkedin"
                  ? t("initiatives:island.linkedin", { name })
                  : new URL(url).hostname.replace(/^www\./, "")}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
