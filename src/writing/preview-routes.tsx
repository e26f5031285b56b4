import { Hono } from "hono";
import { desk, previewPath } from "../desk-paths.ts";
import type { Ctx } from "../platform/context.ts";
import { dateInWords, defaultLanguage, type Language, languages, translator } from "../platform/i18n.ts";
import { type VisitContext, type VisitEnv, VisitPage } from "../visit.tsx";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind, DocumentKinds } from "./kinds.ts";
import { PreviewBar } from "./preview-bar.tsx";
import { readPreviewLink } from "./preview-link.ts";
import { asPublished } from "./publishing.ts";
import { getDocument } from "./queries.ts";

/** The query that asks for the preview in a language. */
const query = "taal";
const inLanguage = (token: string, language: Language) =>
  previewPath(token) + (language === defaultLanguage ? "" : `?${query}=${language}`);

/**
 * The working copy as visitors will see it: put into the live tables in a transaction, rendered by the public route
 * itself, and undone. Who has the link needs no account until it is over; search engines keep out.
 */
export const previewRoutes = (kinds: DocumentKinds) =>
  new Hono<VisitEnv>().get(previewPath(":token"), async (c) => {
    const { ctx } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const link = await readPreviewLink(ctx, token);
    const document = link ? await getDocument(ctx, link.id) : undefined;
    c.header("Cache-Control", "no-store");
    c.header("X-Robots-Tag", "noindex");
    if (!link || !document) return c.notFound();
    const kind = kinds.get(document.kind);
    const language = languages.find((one) => one === c.req.query(query)) ?? defaultLanguage;
    const seen = await asPublished(ctx, kind, document, async (ctx, content) => {
      await showIsland(ctx, document.initiativeId);
      const paths = new Map<Language, string>();
      for (const one of languages) paths.set(one, await kind.publicPath(ctx, document, content, one));
      const answer = await c.env.render(ctx, paths.get(language) ?? "/");
      return { html: await answer.text(), paths };
    });
    if (seen.kind === "refused") return refusedPage(c, kind, document, seen.errors);
    return c.html(dressed(seen.result, { token, document, language, until: link.until }));
  });

/** An island that is not out yet has pages in its previews. */
async function showIsland(ctx: Ctx, initiativeId: string | null): Promise<void> {
  if (initiativeId)
    await ctx.db
      .updateTable("initiatives")
      .set({ published_at: ctx.now(), withdrawn_at: null })
      .where("id", "=", initiativeId)
      .where("published_at", "is", null)
      .execute();
}

type Dressing = { token: string; document: Document; language: Language; until: Date };
type Seen = { html: string; paths: Map<Language, string> };

/** The page with a bar above it; its links to itself, in either language, stay in the preview. */
function dressed({ html, paths }: Seen, { token, document, language, until }: Dressing): string {
  const t = translator(language);
  const edit = desk(language).document(document.kind, document.id);
  const bar = String(<PreviewBar t={t} edit={edit} date={dateInWords(until, language)} />);
  const own = [...paths].reduce(
    (page, [one, path]) =>
      page.replace(
        new RegExp(`href="(https?://[^/"]+)?${escaped(path)}(#[^"]*)?"`, "g"),
        (_link, origin = "", anchor = "") =>
          `href="${origin}${inLanguage(token, one).replaceAll("&", "&amp;")}${anchor}"`,
      ),
    html,
  );
  return (
    own
      .replace("<head>", '<head><meta name="robots" content="noindex"/>')
      // After the link that skips to the content: that one comes first.
      .replace(/<body>(<a class="nl-skip-link[^>]*>[^<]*<\/a>)?/, (start) => start + bar)
  );
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What is missing before anybody can see it. */
function refusedPage(c: VisitContext, kind: DocumentKind, document: Document, errors: Problem[]) {
  const { visit } = c.var;
  const { t, language } = visit;
  return c.html(
    <VisitPage visit={visit} at={() => c.req.path} title={t("writing:previewMissing.title")} noindex>
      <div class="section prose">
        <h1>{t("writing:previewMissing.title")}</h1>
        <p>{t("writing:previewMissing.text")}</p>
        <ul>
          {errors.map(({ name, message, values }) => (
            <li>
              {kind.fields.find((field) => field.name === name.split(".")[0]) && (
                <strong>
                  {t(kind.fields.find((field) => field.name === name.split(".")[0])?.label ?? "")}:{" "}
                </strong>
              )}
              {t(message, values ?? {})}
            </li>
          ))}
        </ul>
        <p>
          <a href={desk(language).document(kind.kind, document.id)}>{t("writing:previewBar.back")}</a>
        </p>
      </div>
    </VisitPage>,
    422,
  );
}
