import type { FC } from "hono/jsx";
import type { Translate } from "../platform/i18n.ts";
import { frameSandbox } from "./headers.ts";

type ShownMail = {
  subject: string;
  text: string;
  /** Where its HTML stands. */
  htmlHref: string;
  /** Name and value, in this order. */
  headers: [string, string][];
};

/** A mail with its headers, as it looks and as plain text. */
export const MailView: FC<{ t: Translate; mail: ShownMail }> = ({ t, mail }) => (
  <>
    <div class="page-title">
      <h1>{mail.subject}</h1>
      {mail.headers.length > 0 && (
        <dl class="mail-headers">
          {mail.headers.map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
    <div class="section section--tight">
      <h2>{t("mailbox:html")}</h2>
      <iframe
        class="mail-frame"
        src={mail.htmlHref}
        title={t("mailbox:frame")}
        sandbox={frameSandbox}
      ></iframe>
      <p>
        <a class="nl-link" href={mail.htmlHref}>
          {t("mailbox:openHtml")}
        </a>
      </p>
    </div>
    <div class="section section--tight">
      <h2>{t("mailbox:text")}</h2>
      <pre class="mail-text">
        {withLinks(mail.text).map((part) => (part.href ? <a href={part.href}>{part.text}</a> : part.text))}
      </pre>
    </div>
  </>
);

/** Cuts a text at its web addresses. */
function withLinks(text: string): { text: string; href?: string }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? { text: part, href: part } : { text: part }));
}
