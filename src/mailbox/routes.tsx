import { Hono } from "hono";
import { technical } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import type { MailPreview } from "../ui/mail/compose.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { forFrame, framingHeaders, mailHtmlHeaders } from "./headers.ts";
import { MailboxPage, MailPage, PreviewPage, PreviewsPage } from "./pages.tsx";
import { hasMailbox, hasPreviews } from "./policy.ts";
import { getMail, listMails } from "./queries.ts";

const id = ":id{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}";
const html = (text: string) => new Response(forFrame(text), { headers: htmlHeaders });
const htmlHeaders = { ...mailHtmlHeaders, "content-type": "text/html; charset=utf-8" };

/** The built-in mailbox, and `previews`: one of every mail. Neither exists in production. */
export function mailboxRoutes(previews: MailPreview[]): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();

  app.get(technical.mailbox, async (c) => {
    const { visit } = c.var;
    if (!hasMailbox(visit.ctx.config)) return c.notFound();
    const asked = c.req.query("page") ?? "1";
    const page = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
    if (page === null) return c.notFound();
    const { mails, pages } = await listMails(visit.ctx, page);
    if (page > pages) return c.notFound();
    frame(c);
    return c.html(<MailboxPage visit={visit} mails={mails} page={page} pages={pages} />);
  });

  app.get(technical.mailboxMail(id), async (c) => {
    const mail = await find(c);
    if (!mail) return c.notFound();
    frame(c);
    return c.html(<MailPage visit={c.var.visit} mail={mail} />);
  });

  app.get(technical.mailboxHtml(id), async (c) => {
    const mail = await find(c);
    return mail ? html(mail.html) : c.notFound();
  });

  app.get(technical.mailPreviews, (c) => {
    const { visit } = c.var;
    if (!hasPreviews(visit.ctx.config)) return c.notFound();
    frame(c);
    return c.html(<PreviewsPage visit={visit} previews={previews} />);
  });

  app.get(technical.mailPreview(":name", ":language"), async (c) => {
    const found = findPreview(c, previews);
    if (!found) return c.notFound();
    const { preview, language } = found;
    const { subject, text } = await preview.render(language);
    frame(c);
    return c.html(
      <PreviewPage visit={c.var.visit} preview={{ name: preview.name, subject, text }} language={language} />,
    );
  });

  app.get(technical.mailPreviewHtml(":name", ":language"), async (c) => {
    const found = findPreview(c, previews);
    return found ? html((await found.preview.render(found.language)).html) : c.notFound();
  });
  return app;
}

function frame(c: VisitContext): void {
  const headers = framingHeaders(c.var.visit.ctx.config.secure);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}

async function find(c: VisitContext) {
  const { ctx } = c.var.visit;
  return hasMailbox(ctx.config) ? getMail(ctx, c.req.param("id") ?? "") : undefined;
}

function findPreview(c: VisitContext, previews: MailPreview[]) {
  if (!hasPreviews(c.var.visit.ctx.config)) return undefined;
  const preview = previews.find(({ name }) => name === c.req.param("name"));
  const language = languages.find((one) => one === c.req.param("language"));
  return preview && language && { preview, language };
}
