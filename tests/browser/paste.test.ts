import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { fromAnotherEditor, fromDocs, fromWeb, fromWord } from "../support/clipboard.ts";
import { startTestApp } from "../support/test-app.ts";
import { mountTrialEditor } from "../support/trial-editor.tsx";
import { dialogClosed, useBrowser } from "./support.ts";

const server = mountTrialEditor();
const { visitor } = useBrowser();

async function open(page: Page): Promise<void> {
  server.fields.body = "";
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
  await page.getByRole("textbox", { name: "Verhaal" }).focus();
}

/** Pastes as a browser does: the editor hears a paste with the clipboard's kinds of text. */
const paste = (page: Page, html: string, plain: string, from = "") =>
  page.evaluate(
    ([html, plain, from]) => {
      const clipboardData = new DataTransfer();
      if (html) clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", plain);
      if (from) clipboardData.setData(from, "{}");
      const target = document.querySelector(".editor__text");
      target?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [html, plain, from] as const,
  );
const markdown = (page: Page) => page.locator("textarea[name=body]").inputValue();

test("a paste from Word becomes headings, lists and a table; its own images are explained", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  await paste(page, fromWord, "Verslag van de reis");
  await expect
    .poll(() => markdown(page))
    .toBe(
      [
        "## Verslag van de reis",
        "## Aan boord",
        "“Het was **koud**”, zei *Mo*, en\u00a0dat klopte wel.",
        "- Touw\n  - Dun touw\n- Anker",
        "En dan:",
        "1. Bel [de haven](https://www.ede.nl/haven)\n2. Vaar\\[1]",
        "| Cijfers |  |\n| --- | --- |\n| 2023 | 12 deals |",
      ].join("\n\n"),
    );
  await page.getByRole("alert").getByText("wat alleen op je computer staat").waitFor();
}, 60_000);

// each file is a clipboard as the program of its name fills it; what the editor makes of it stands beside it
test("headings, levels of lists, cells and raised signs survive, whatever program they come from", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const files = globSync("tests/browser/paste-cases/*.html").sort();
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    await open(page);
    await paste(page, readFileSync(file, "utf8"), basename(file));
    const wanted = readFileSync(file.replace(/html$/, "md"), "utf8").trimEnd();
    await expect.poll(() => markdown(page), { message: file }).toBe(wanted);
  }
}, 120_000);

test("a paste from a web page keeps structure and links, without styles, trackers and scripts", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  await paste(page, fromWeb, "Wat er leeft");
  await expect
    .poll(() => markdown(page))
    .toBe(
      [
        "## Wat er leeft",
        "#### Straks",
        "**Vet** en *schuin*, [lees meer](https://www.voorbeeld.nl/a?id=3#kop) klik",
        "Een foto",
        "| Jaar | Aantal |\n| --- | --: |\n| 2024 | 19 |",
        "- een\n  - twee",
        "#### Tot slot",
      ].join("\n\n"),
    );
  await page.getByRole("alert").getByText("van een andere site").waitFor();
  await expect
    .poll(() => page.locator(".editor__text").innerHTML())
    .not.toMatch(/style=|onclick|javascript:|<script/);
}, 60_000);

test("what another ProseMirror editor copied is cleaned like any paste, whatever it is marked with", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).hostname));
  await open(page);
  const marked = fromAnotherEditor.replace("<h1 ", '<h1 data-archipel-slice="geraden" ');
  const cleaned = [
    "## Kop van Confluence",
    "Tekst met streep en pixel.",
    "### Tweede",
    "[link](https://www.voorbeeld.nl/)",
  ].join("\n\n");
  for (const html of [
    fromAnotherEditor,
    marked,
    fromAnotherEditor.replaceAll("data-pm-slice", "DATA-PM-SLICE"),
  ]) {
    await open(page);
    await paste(page, html, "Kop");
    await expect.poll(async () => (await markdown(page)).slice(0, cleaned.length)).toBe(cleaned);
    await expect.poll(() => markdown(page)).not.toMatch(/!\[|tracker|foto\.jpg|alert/);
    await page.getByRole("alert").getByText("Niet elk beeld").waitFor();
  }
  expect(asked.filter((host) => host !== "localhost")).toEqual([]);
}, 60_000);

test("what this editor copied itself comes back as it was, without images from elsewhere", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  const own =
    "##### Diep\n\n1. een\n\n   twee\n\n![Haven](/media/updates/talkshow-dag-van-de-stad.svg)\n\n| a | b |\n| --- | --- |\n| c | d |";
  await page.getByRole("button", { name: "Schrijf in Markdown" }).click();
  await page.getByRole("textbox", { name: "Verhaal" }).fill(own);
  await page.getByRole("button", { name: "Schrijf met opmaak" }).click();
  const copied = await page.evaluate(() => {
    const target = document.querySelector<HTMLElement>(".editor__text")!;
    target.focus();
    document.getSelection()?.selectAllChildren(target);
    document.dispatchEvent(new Event("selectionchange"));
    const clipboardData = new DataTransfer();
    target.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/html");
  });
  expect(copied).toMatch(/data-archipel-slice="[\d-]+"/);
  await open(page);
  await paste(page, copied, "Diep");
  await expect.poll(() => markdown(page)).toBe(own);
  await open(page);
  await paste(
    page,
    copied.replace("/media/updates/talkshow-dag-van-de-stad.svg", "https://tracker.example/p.gif"),
    "Diep",
  );
  await expect.poll(() => markdown(page)).toContain("##### Diep");
  await expect.poll(() => markdown(page)).not.toContain("tracker");
}, 60_000);

test("a paste from Google Docs is as bold as it was", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  await paste(page, fromDocs, "Gewoon vet");
  await expect.poll(() => markdown(page)).toBe("Gewoon **vet**\n\n1. Een");
}, 60_000);

test("plain text with Markdown's signs stays what it was", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  await paste(page, "", "1. *niet* schuin <b>");
  await page.getByRole("button", { name: "Schrijf in Markdown" }).click();
  await expect.poll(() => markdown(page)).toBe("1\\. \\*niet\\* schuin \\<b>");
}, 60_000);

test("plain text that is Markdown is read as such, from a program to write code in too", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const text =
    "# Plan\n\nMet **vet** en [een link](https://www.ede.nl/?utm_source=x)\nop één regel.\n\n- een\n  - twee\n\n| a | b |\n| --- | --: |\n| 1 | 2 |\n\n![pixel](https://tracker.example/p.gif)";
  const read =
    "## Plan\n\nMet **vet** en [een link](https://www.ede.nl/) op één regel.\n\n- een\n  - twee\n\n| a | b |\n| --- | --: |\n| 1 | 2 |\n\npixel";
  await open(page);
  await paste(page, "", text);
  await expect.poll(() => markdown(page)).toBe(read);
  await open(page);
  await paste(page, "<div style='white-space: pre'><span># Plan</span></div>", text, "vscode-editor-data");
  await expect.poll(() => markdown(page)).toBe(read);
  for (const [plain, wanted] of [
    ["- melk\n- brood", "- melk\n- brood"],
    ["1. een\n2. twee", "1. een\n2. twee"],
    ["A. de Vries\nB. Jansen", "A. de Vries\n\nB. Jansen"],
    ["3 * 4 * 5 en snake_case_naam", "3 \\* 4 \\* 5 en snake_case_naam"],
    ["Groet\n--\nMo", "Groet"],
    ["- alleen dit", "\\- alleen dit"],
  ] as const) {
    await open(page);
    await paste(page, "", plain);
    await expect.poll(() => markdown(page)).toContain(wanted);
  }
}, 60_000);

test("an address that is typed becomes a link, also as the last thing; a forgotten space does not", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  for (const [typed, wanted] of [
    ["Zie https://www.ede.nl/haven nu", "Zie <https://www.ede.nl/haven> nu"],
    ["Zie www.ede.nl", "Zie [www.ede.nl](https://www.ede.nl)"],
    ["Mail mo@voorbeeld.nl.", "Mail <mo@voorbeeld.nl>."],
    ["Op ede.nl/haven staat het", "Op [ede.nl/haven](https://ede.nl/haven) staat het"],
    ["Het is klaar.De rest notes.md volgt", "Het is klaar.De rest notes.md volgt"],
  ] as const) {
    await open(page);
    await page.keyboard.type(typed);
    await page.locator(".editor__text").blur();
    await expect.poll(() => markdown(page)).toBe(wanted);
  }
}, 60_000);

test("a link to a video, pasted on a line of its own, becomes a placeholder that asks nothing of that site", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  await paste(page, "", "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
  const dialog = page.getByRole("dialog", { name: "Video" });
  await dialog.getByLabel("Titel van de video").fill("De dag in beeld");
  await dialog.getByRole("button", { name: "Video plaatsen" }).click();
  await dialogClosed(page);
  await expect
    .poll(() => markdown(page))
    .toBe("[Video: De dag in beeld](https://www.youtube.com/watch?v=dQw4w9WgXcQ)");
  await expect
    .poll(() => page.locator(".editor__text figure.video").textContent())
    .toContain("De dag in beeld");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Opent op youtube.com. Die site kan cookies plaatsen.").waitFor();
}, 60_000);

test("a picture is uploaded where it is pasted or dropped, and described", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await open(page);
  const give = (kind: "paste" | "drop") =>
    page.evaluate((kind) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([1, 2, 3])], `${kind}.png`, { type: "image/png" }));
      const target = document.querySelector(".editor__text p");
      const { x, y } = target!.getBoundingClientRect();
      const options = { bubbles: true, cancelable: true, clientX: x + 5, clientY: y + 5 };
      target?.dispatchEvent(
        kind === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, ...options })
          : new DragEvent("drop", { dataTransfer: data, ...options }),
      );
    }, kind);
  const dialog = page.getByRole("dialog", { name: "Beeld" });
  for (const kind of ["paste", "drop"] as const) {
    await give(kind);
    await dialog.getByLabel("Beschrijving").fill(`Een ${kind}`);
    await dialog.getByRole("button", { name: "Beeld plaatsen" }).click();
    await dialogClosed(page);
    await expect.poll(() => markdown(page)).toContain(`![Een ${kind}](/proef/kust.svg)`);
  }
  expect(server.uploads).toEqual(["paste.png", "drop.png"]);
}, 60_000);
