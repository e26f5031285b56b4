import { day, night } from "./colours.ts";

const text = "Verdana, Geneva, sans-serif";
const display = "'Avenir Next', 'Segoe UI', Verdana, sans-serif";

const nightStyles = `
  .page, .page > div { background-color: ${night.page} !important; }
  .band, .band > table { background: ${night.band} !important; }
  .band td { color: ${night.onBand} !important; }
  .shallow, .shallow > table { background: ${night.shallow} !important; }
  .sheet, .sheet > table { background: ${night.sheet} !important; }
  .words div, .words li { color: ${night.text} !important; }
  .words h1, .words h2, .words h3 { color: ${night.heading} !important; }
  .words a, .small a { color: ${night.link} !important; }
  .small div { color: ${night.muted} !important; }
  .quote, .words blockquote { background: ${night.quote} !important; border-color: ${night.shallow} !important; }
  .button td, .button a { background: ${night.button} !important; color: ${night.onButton} !important; }`;

const quoteStyle = `margin:0;padding:12px 16px;border-left:4px solid ${day.shallow};background:${day.quote};`;

/** Between ⟪name⟫ and ⟪⟫ stands a block that a mail may hold any number of times. */
const block = (name: string, mjml: string) => `<mj-raw>⟪${name}⟫</mj-raw>${mjml}<mj-raw>⟪⟫</mj-raw>`;

/**
 * The one template of all mails as MJML, with ⟦slots⟧ for what differs. What mails are made of is its HTML in
 * pieces.json: after a change here, run `node scripts/make-mail-template.ts`.
 */
export const template = `<mjml lang="⟦language⟧" dir="ltr">
  <mj-head>
    <mj-title>⟦subject⟧</mj-title>
    <mj-preview>⟦preheader⟧</mj-preview>
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
    <mj-style>:root { color-scheme: light dark; } a { text-underline-offset: 2px; }
      @media (prefers-color-scheme: dark) {${nightStyles}}</mj-style>
    <mj-attributes>
      <mj-all font-family="${text}" />
      <mj-text font-size="16px" line-height="1.6" color="${day.text}" padding="0 28px 18px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="${day.page}" width="600px" css-class="page">
    <mj-section background-color="${day.band}" css-class="band" padding="18px 0">
      <mj-column><mj-table padding="0 28px" color="${day.onBand}" role="presentation"><tbody><tr>
        <td width="62" style="padding:0;"><img src="⟦rose⟧" width="48" height="48" alt="" style="display:block;border:0;"></td>
        <td style="padding:0;font-family:${display};font-size:19px;line-height:1.3;font-weight:700;color:${day.onBand};">⟦siteName⟧</td>
      </tr></tbody></mj-table></mj-column>
    </mj-section>
    <mj-section background-color="${day.shallow}" css-class="shallow" padding="0">
      <mj-column><mj-spacer height="4px" /></mj-column>
    </mj-section>
    <mj-section background-color="${day.sheet}" css-class="sheet" padding="34px 0 20px">
      <mj-column>
        <mj-text css-class="words" padding="0 28px 16px"><h1 style="margin:0;font-family:${display};font-size:26px;line-height:1.25;font-weight:700;color:${day.heading};">⟦heading⟧</h1></mj-text>
        ${block("paragraph", `<mj-text css-class="words">⟦text⟧</mj-text>`)}
        ${block(
          "button",
          `<mj-button css-class="button" href="⟦href⟧" align="left" background-color="${day.button}" color="${day.onButton}" font-size="17px" font-weight="700" line-height="1.3" border-radius="2px" inner-padding="14px 24px" padding="4px 28px 24px">⟦label⟧</mj-button>`,
        )}
        ${block("link", `<mj-text css-class="words"><a href="⟦href⟧" style="color:${day.link};">⟦label⟧</a></mj-text>`)}
        ${block("quote", `<mj-text css-class="words"><div class="quote" style="${quoteStyle}">⟦text⟧</div></mj-text>`)}
        ${block("list", `<mj-text css-class="words"><ul style="margin:0;padding-left:22px;">⟦items⟧</ul></mj-text>`)}
        ${block("markdown", `<mj-text css-class="words">⟦html⟧</mj-text>`)}
        ${block("picture", `<mj-image src="⟦src⟧" alt="⟦alt⟧" padding="6px 28px 12px" />`)}
        ${block(
          "card",
          `<mj-text css-class="words"><h2 style="margin:0 0 6px;font-family:${display};font-size:20px;line-height:1.3;font-weight:700;color:${day.heading};">⟦title⟧</h2>⟦summary⟧<p style="margin:8px 0 0;"><a href="⟦href⟧" style="color:${day.link};font-weight:700;">⟦label⟧</a></p></mj-text>`,
        )}
        ${block("small", `<mj-text css-class="small" font-size="14px" color="${day.muted}">⟦text⟧</mj-text>`)}
      </mj-column>
    </mj-section>
    <mj-section padding="20px 0 32px">
      <mj-column>
        <mj-text css-class="small" font-size="14px" color="${day.muted}" padding="0 28px 10px">⟦reason⟧</mj-text>
        <mj-text css-class="small" font-size="14px" line-height="2" color="${day.muted}" padding="0 28px">⟦footerLinks⟧</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
