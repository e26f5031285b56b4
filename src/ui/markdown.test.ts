import { expect, test } from "vitest";
import {
  foreignAddresses,
  loadedBy,
  ownAddresses,
  withForeignImages,
} from "../../tests/support/foreign-images.ts";
import { hostilePieces, repeated } from "../../tests/support/hostile.ts";
import { processorTime } from "../../tests/support/processor-time.ts";
import { mailMarkdown } from "./mail/markdown.ts";
import { imagesElsewhere, plainText, renderMarkdown } from "./markdown.tsx";

test("HTML in a text is shown as text, never run", () => {
  expect(renderMarkdown("<script>alert(1)</script> <b onclick=x>b</b>")).not.toMatch(/<script|<b /);
});

test("headings start at the level the page gives them and keep their distance", () => {
  expect(renderMarkdown("# One\n\n## Two", 3)).toBe("<h3>One</h3>\n<h4>Two</h4>\n");
  expect(renderMarkdown("### Three\n\n# One")).toBe("<h2>Three</h2>\n<h2>One</h2>\n");
  expect(renderMarkdown("# One\n\n###### Six", 4)).toContain("<h6>Six</h6>");
});

test.each([
  "javascript:alert(1)",
  "JaVaScript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "//elsewhere.example",
])("a link to %s stays text", (url) => {
  expect(renderMarkdown(`[click](${url}) <${url}>`)).not.toContain("<a ");
});

test("links to other sites do not hand over the window; links within the site are plain", () => {
  expect(renderMarkdown("https://example.org")).toContain(
    '<a href="https://example.org" class="nl-link" rel="noopener">',
  );
  expect(renderMarkdown("[here](/over) [mail](mailto:a@example.org)")).not.toContain("noopener");
});

test("images are our own; one from elsewhere is its words, and is named", () => {
  expect(renderMarkdown("![Haven](/media/haven.svg)")).toContain('src="/media/haven.svg"');
  for (const src of foreignAddresses) {
    expect(renderMarkdown(`![Haven](${src})`), src).not.toContain("<img");
    expect(imagesElsewhere(`Kijk: ![Haven](${src})`), src).toHaveLength(1);
  }
  expect(renderMarkdown("![Haven](https://example.org/a.png)")).toBe("<p>Haven</p>\n");
  expect(imagesElsewhere("![a](https://x.example/a.gif) [![b](https://x.example/a.gif)](/x)")).toEqual([
    "https://x.example/a.gif",
  ]);
  for (const src of ownAddresses) {
    expect(renderMarkdown(`![Haven](${src})`)).toContain(`src="${ownAddresses[0]}"`);
    expect(imagesElsewhere(`![Haven](${src})`)).toEqual([]);
  }
  const loaded = loadedBy(renderMarkdown(withForeignImages)).join(" ");
  expect(loaded).not.toMatch(/tracker|data:|beheer|feed/);
});

test("a wide table scrolls by itself and can be reached by keyboard", () => {
  expect(renderMarkdown("|a|b|\n|-|-|\n|c|d|")).toMatch(/^<div class="table-scroll" tabindex="0"/);
});

test("the plain text of a summary has words only, and is cut at a word", () => {
  expect(plainText("# Kop\n\nEen *mooie* [link](/x),\ntwee.")).toBe("Kop Een mooie link, twee.");
  expect(plainText("Een twee, drie vier", 11)).toBe("Een twee…");
  expect(plainText("kort", 11)).toBe("kort");
});

test("alignment in a table is a class, since no style attribute gets past the security policy", () => {
  const html = renderMarkdown("|a|b|c|\n|:-|:-:|-:|\n|d|e|f|");
  expect(html).not.toContain("style=");
  expect(html).toContain('<th>a</th>\n<th class="align-center">b</th>\n<th class="align-right">c</th>');
});

test("an uploaded picture keeps its place and comes in sizes", () => {
  const src = "/media/0b6b4f0e-6f5b-4c7e-9d6e-0a4f1a2b3c4d/1600x900-haven.jpg";
  const html = renderMarkdown(`![Haven](${src})`);
  expect(html).toMatch(/<picture><source type="image\/avif" srcset="[^"]+ 320w, [^"]+"/);
  expect(html).toContain(`<img src="${src}" alt="Haven" width="1280" height="720" loading="lazy"`);
});

const shown = (text: string) =>
  renderMarkdown(text, 2, ({ href, title, host }) => `[${title}|${host}|${href}]`);

test("a video is a link alone in its paragraph, and shown as one", () => {
  const link = "[Video: Op zee](https://www.youtube.com/watch?v=x)";
  expect(shown(`Zo was het:\n\n${link}\n\nEn nu.`)).toBe(
    "<p>Zo was het:</p>\n[Op zee|youtube.com|https://www.youtube.com/watch?v=x]\n<p>En nu.</p>\n",
  );
  for (const text of [
    `Kijk: ${link}`,
    `- ${link}`,
    `> ${link}`,
    "[Op zee](https://a.nl)",
    "[Video: x](http://a.nl)",
  ])
    expect(shown(text)).toContain("<a ");
  expect(renderMarkdown(link)).toContain(">Video: Op zee</a>");
});

test.each(Object.entries(hostilePieces))(
  "a text of nothing but %s is rendered without delay",
  (_name, piece) => {
    const [short, long] = [repeated(piece, 7_500), repeated(piece, 60_000)];
    const costs = (text: string) => {
      const before = process.cpuUsage();
      renderMarkdown(text);
      mailMarkdown(text, "https://archipel.example");
      return processorTime(before);
    };
    // Eight times the text takes eight times as long, not 64: the least of three, for what the runtime does besides.
    const least = (text: string) => Math.min(costs(text), costs(text), costs(text));
    expect(least(long)).toBeLessThan(60 + 12 * least(short));
  },
);
