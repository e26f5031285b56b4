import { expect, test } from "vitest";
import { translator } from "../platform/i18n.ts";
import { MarkdownField } from "./editor.tsx";
import { Markdown, PageLanguage } from "./markdown.tsx";

const t = translator("nl");

test("without script the field is a labelled textarea with a line of help", () => {
  const html = String(
    <MarkdownField t={t} name="body" label="Verhaal" value="a < b" error="Schrijf iets." upload="/u" />,
  );
  expect(html).toContain('<label class="utrecht-form-label" for="field-body">');
  expect(html).toContain("Zet een lege regel tussen alinea’s.");
  expect(html).toMatch(
    /<textarea[^>]* aria-describedby="field-body-description field-body-error"[^>]*>a &lt; b</,
  );
});

test("a video says where it opens, in the language of the page or of the text, and asks nobody for anything", () => {
  const text = "[Video: Op <zee>](https://www.youtube.com/watch?v=x)";
  const page = (language: "nl" | "en", own?: "nl") =>
    String(
      <PageLanguage.Provider value={language}>
        <Markdown text={text} language={own} />
      </PageLanguage.Provider>,
    );
  expect(page("nl")).toContain("Opent op youtube.com. Die site kan cookies plaatsen.");
  expect(page("en")).toContain("Opens at youtube.com.");
  expect(page("en", "nl")).toContain("Opent op youtube.com.");
  expect(page("nl")).toContain("Op &lt;zee&gt;");
  expect(page("nl")).not.toMatch(/<(iframe|img|script|video)/);
});
