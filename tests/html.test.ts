import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PublicPage, publicPages, publicPagesEnv } from "./support/public-pages.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // How Hono's JSX prints: <br/>, and required="" for what is simply there.
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
  },
});

type AnsweredPage = PublicPage & { html: string; answered: number };

let app: TestApp;
const pages: AnsweredPage[] = [];

beforeAll(async () => {
  app = await startTestApp({ env: publicPagesEnv });
  for (const page of await publicPages(app)) {
    const { path, form, network, host, cookie } = page;
    const headers = {
      "sec-fetch-site": "same-origin",
      ...(network && { "x-forwarded-for": network }),
      ...(cookie && { cookie }),
    };
    const init = { headers, ...(host && { host }) };
    const answer = await (form ? app.post(path, form, init) : app.request(path, init));
    pages.push({ ...page, html: await answer.text(), answered: answer.status });
  }
}, 180_000);
afterAll(() => app?.stop());

/** What is wrong on all pages, each line with the name of its page. */
async function onAllPages(
  problemsOf: (page: AnsweredPage) => Promise<string[]> | string[],
): Promise<string[]> {
  const found = await Promise.all(
    pages.map(async (page) => (await problemsOf(page)).map((problem) => `${page.name}: ${problem}`)),
  );
  return found.flat();
}

const matches = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found = ""]) => found);
/** What only one person gets to see, by a link in a mail, and the mails themselves. */
const personal =
  /^\/(en\/)?(bevestigen|confirm|afmelden|unsubscribe|voorkeuren|preferences|postvak|mijn|mine|aanmelden|sign-in)\b/;
const unescaped = (text: string) => text.replaceAll("&amp;", "&");

test("every page answers as it should", async () => {
  expect(await onAllPages(({ status, answered }) => (status === answered ? [] : [String(answered)]))).toEqual(
    [],
  );
});

test("html-validate finds nothing", async () => {
  const problems = await onAllPages(async ({ html }) => {
    const report = await validator.validateString(html);
    return report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
    );
  });
  expect(problems).toEqual([]);
}, 120_000);

test("ids are unique, and what refers to an id finds it", async () => {
  const problems = await onAllPages(({ html }) => {
    const ids = matches(html, /\sid="([^"]*)"/g);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    const referring = matches(html, /\s(?:for|aria-(?:labelledby|describedby|controls))="([^"]*)"/g);
    const anchors = matches(html, /\shref="#([^"]*)"/g);
    const lost = [...referring.flatMap((value) => value.split(" ")), ...anchors].filter(
      (id) => !ids.includes(id),
    );
    return [...twice.map((id) => `twice ${id}`), ...lost.map((id) => `no ${id}`)];
  });
  expect(problems).toEqual([]);
});

test("each page has a title of its own, one first heading, and says its language", async () => {
  const problems = await onAllPages(({ html, language }) => {
    const headings = matches(html, /<h([1-6])\b/g).map(Number);
    return [
      ...(matches(html, /<html lang="(\w+)"/g)[0] === language ? [] : ["language"]),
      ...(headings.filter((level) => level === 1).length === 1 ? [] : ["not one h1"]),
      ...headings.flatMap((level, at) => (level > (headings[at - 1] ?? 0) + 1 ? [`skips to h${level}`] : [])),
    ];
  });
  expect(problems).toEqual([]);
});

test("titles tell the pages of one site apart", () => {
  const lists = pages.filter(({ answered, form, path }) => answered === 200 && !form && !personal.test(path));
  const titles = lists.map(({ html, host = "", language }) =>
    [host, language, ...matches(html, /<title>([^<]*)<\/title>/g)].join(" "),
  );
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  expect(titles.length).toBeGreaterThan(50);
});

test("no page holds a style or a script of its own", async () => {
  const problems = await onAllPages(({ html }) => [
    ...matches(html, /(<style\b|\sstyle=|\son\w+=|javascript:)/g),
    ...matches(html, /<script\b([^>]*)>/g).filter(
      (attributes) => !attributes.includes(' src="/') && attributes !== ' type="application/ld+json"',
    ),
  ]);
  expect(problems).toEqual([]);
});

test("the structured data of every page can be read", async () => {
  const texts = pages.flatMap(({ html }) =>
    matches(html, /<script type="application\/ld\+json">(.*?)<\/script>/gs),
  );
  const types = new Set(texts.map((text) => JSON.parse(text)["@type"]));
  expect([...types].sort()).toEqual(
    expect.arrayContaining(["BreadcrumbList", "NewsArticle", "Organization"]),
  );
});

test("every link within the sites leads to a page", async () => {
  const from = new Map<string, string>();
  const todo: URL[] = [];
  const follow = (html: string, base: URL) => {
    const links = matches(html, /<(?:a|link)\b[^>]*?\shref="([^"]*)"/g);
    for (const link of [...links, ...matches(html, /\ssrc="([^"]*)"/g)]) {
      const url = new URL(unescaped(link), base);
      url.hash = "";
      const own = url.port === String(app.port) && /^(cxo\.)?localhost$/.test(url.hostname);
      if (!own || from.has(url.href)) continue;
      from.set(url.href, base.href);
      todo.push(url);
    }
  };
  // A page that isn't there links to itself in the other language.
  const there = pages.filter(({ status, cookie }) => status !== 404 && !cookie);
  for (const { html, path, host = "localhost" } of there)
    follow(html, new URL(path, `http://${host}:${app.port}`));
  const broken: string[] = [];
  for (let url = todo.pop(); url; url = todo.pop()) {
    const answer = await app.request(url.pathname + url.search, { host: url.hostname });
    const onwards = answer.status < 400 && answer.headers.get("location");
    if (onwards) follow(`<a href="${onwards}">`, url);
    else if (answer.status !== 200) broken.push(`${answer.status} ${url} from ${from.get(url.href)}`);
    if (answer.headers.get("content-type")?.startsWith("text/html")) follow(await answer.text(), url);
  }
  expect(broken).toEqual([]);
  expect(from.size).toBeGreaterThan(200);
}, 120_000);

test("styles and scripts stay within their budget", async () => {
  const kilobytes = async (paths: Iterable<string>) => {
    let bytes = 0;
    for (const path of paths) bytes += gzipSync(await (await app.get(path)).text()).length;
    return bytes / 1024;
  };
  const styles = new Set(
    pages.flatMap(({ html }) => matches(html, /<link rel="stylesheet" href="([^"]*)"/g)),
  );
  expect(await kilobytes(styles)).toBeLessThan(40);
  for (const { html, name } of pages)
    expect(await kilobytes(matches(html, /<script type="module" src="([^"]*)"/g)), name).toBeLessThan(15);
});
