const uploaded = "0b6b4f0e-6f5b-4c7e-9d6e-0a4f1a2b3c4d/1600x900-haven.jpg";

/** Addresses of images that are not our own, or are no image: each would tell somebody who reads. */
export const foreignAddresses = [
  ...["https://tracker.example/p.gif", "http://tracker.example/p.gif", "HTTPS://tracker.example/p.gif"],
  ...[
    "//tracker.example/p.gif",
    "https://localhost@tracker.example/media/haven.jpg",
    "/beheer/mensen/-/export.csv",
  ],
  ...[
    "https://tracker.example/media/haven.jpg",
    "/media/../beheer/mensen/-/export.csv",
    "/media//tracker.example/p.gif",
  ],
  ...[
    "/media/%2e%2e/feed",
    "/media/haven.jpg?to=https://tracker.example",
    "/feed",
    "/\\tracker.example/p.gif",
  ],
  ...[
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg",
    "data:image/svg+xml,%3Csvg%20onload=x%3E",
    "file:///C:/x.png",
  ],
  ...[
    "cid:picture",
    "ftp://tracker.example/p.gif",
    "p.gif",
    "../p.gif",
    "https://tracker.example/x.svg",
    "blob:x",
  ],
];

/** A text with all of them, in every way in which Markdown and what looks like HTML can hold an image. */
export const withForeignImages = [
  ...foreignAddresses.map((src, at) => `![Foto ${at}](${src})`),
  "[![Foto in link](https://tracker.example/in-link.gif)](https://www.voorbeeld.nl/)",
  "![Foto elders][elders]",
  "- ![Foto in lijst](https://tracker.example/in-list.gif 'titel')",
  "| a |\n|---|\n| ![Foto in tabel](<https://tracker.example/in-table.gif>) |",
  '<img src="https://tracker.example/html.gif" srcset="https://tracker.example/2x.gif 2x">',
  '<picture><source srcset="https://tracker.example/source.gif"><img src="/media/haven.jpg"></picture>',
  '<svg><image href="https://tracker.example/svg.gif"/></svg> <table background="https://tracker.example/table.gif">',
  '<p style="background:url(https://tracker.example/css.gif)">x</p> <style>@import "https://tracker.example/a.css"</style>',
  "[elders]: https://tracker.example/by-reference.gif",
].join("\n\n");

/** Our own: as it stands on this site, and as it was copied with the site's name before it. */
export const ownAddresses = [`/media/${uploaded}`, `https://archipel.example/media/${uploaded}`];

/** What HTML would load by itself when it is shown: the addresses of everything in it. */
export function loadedBy(html: string): string[] {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  const attributes = tags.flatMap((tag) => [
    ...tag.matchAll(/\s(?:src|srcset|background|poster|data|style)="([^"]*)"/gi),
  ]);
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)];
  const links = tags.filter((tag) => /^<(?:image|use|link)\b/i.test(tag));
  return [...attributes.map(([, value = ""]) => value), ...styles.map(([, css = ""]) => css), ...links];
}
