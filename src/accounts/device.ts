/** In this order: a browser's User-Agent names those that it descends from as well. */
const browsers = [
  ["Edge", /\bEdg(e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Vivaldi", /\bVivaldi\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b(Headless)?(Chrome|CriOS|Chromium)\//],
  ["Safari", /\bSafari\//],
] as const;

const systems = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
] as const;

const nameIn = (userAgent: string, names: readonly (readonly [string, RegExp])[]) =>
  names.find(([, pattern]) => pattern.test(userAgent))?.[0];

/**
 * The browser in a few words, "Firefox, Linux", so that its owner knows it again; null when it says nothing that is
 * known here. What a browser says of itself is not kept: it would tell more than this needs.
 */
export function deviceIn(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const words = [nameIn(userAgent, browsers), nameIn(userAgent, systems)].filter(Boolean);
  return words.join(", ") || null;
}
