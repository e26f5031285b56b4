import { dialogField, openDialog } from "./dialog.ts";
import type { Words } from "./words.ts";

/** Whether an address is that of one video: at YouTube, Vimeo, or any PeerTube (its paths are /w/… and /videos/watch/…). */
export function isVideoAddress(text: string): boolean {
  const url = /^https:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
  if (!url) return false;
  const host = url.hostname.replace(/^(www|m)\./, "");
  if (host === "youtube.com" || host === "youtube-nocookie.com")
    return url.searchParams.has("v") || /^\/(shorts|live|embed)\/./.test(url.pathname);
  if (host === "youtu.be") return url.pathname.length > 1;
  if (host === "vimeo.com") return /^\/(\w+\/)*\d+/.test(url.pathname);
  return /^\/(w|videos\/watch)\/[\w-]{8,}$/.test(url.pathname);
}

/** Asks for a video's address and title; null when the writer wants none. */
export async function askVideo(
  words: Words,
  video: { href: string; title: string },
): Promise<{ href: string; title: string } | null> {
  const address = dialogField({
    label: words("editor:videoDialog.address"),
    description: words("editor:videoDialog.addressHelp"),
    value: video.href,
    type: "url",
  });
  const name = dialogField({ label: words("editor:videoDialog.name"), value: video.title });
  const check = () => {
    const wrong = !/^https:\/\/[^\s/]+\.[^\s/]+\/\S+$/i.test(address.input.value.trim());
    const nameless = !name.input.value.trim();
    name.complain(nameless ? words("editor:videoDialog.noName") : null);
    address.complain(wrong ? words("editor:videoDialog.wrongAddress") : null);
    return !wrong && !nameless;
  };
  const answer = await openDialog({
    words,
    title: words("editor:videoDialog.title"),
    body: video.href ? [name.wrapper, address.wrapper] : [address.wrapper, name.wrapper],
    save: words("editor:videoDialog.save"),
    check,
  });
  return answer === "save"
    ? { href: address.input.value.trim(), title: name.input.value.replace(/\s+/g, " ").trim() }
    : null;
}
