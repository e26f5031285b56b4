import type { Letter } from "../../src/platform/mass-mail/letter.ts";

/** What differs per recipient, as a place in a text. */
type Place = (name: "name" | "unsubscribe" | "preferences" | "archive") => string;

const paragraph =
  "Deze maand reisde ik langs gemeenten die hun balie opnieuw uitvonden: één loket, één gezicht, en een vraag die " +
  "blijft hangen tot er een antwoord is. Wat werkt er, wat bleek moeilijker dan gedacht, en wie wil het overnemen?";

const cell = (text: string) =>
  `<tr><td align="left" style="font-size:16px;padding:10px 25px;word-break:break-word;"><div style="font-family:Arial, ` +
  `sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0b3c49;">${text}</div></td></tr>\n`;

const stories = Array.from({ length: 30 }, (_, at) => ({
  title: `Verhaal ${at + 1} van onderweg`,
  text: paragraph,
}));

/** HTML as MJML writes it, and its text: together a message of about 22 KB. */
export const htmlWith = (place: Place): string =>
  `<!doctype html><html lang="nl"><head><title>Nieuws van onderweg</title></head><body><table role="presentation">\n` +
  cell(`<h1>Dag ${place("name")}</h1>`) +
  stories
    .map(({ title, text }) => cell(`<h2><a href="${place("archive")}#x">${title}</a></h2><p>${text}</p>`))
    .join("") +
  cell(`<a href="${place("preferences")}">Voorkeuren</a> · <a href="${place("unsubscribe")}">Afmelden</a>`) +
  "</table></body></html>\n";

export const textWith = (place: Place): string =>
  `Dag ${place("name")}\n\n${stories
    .slice(0, 6)
    .map(({ title, text }) => `${title}\n${text}\n`)
    .join("\n")}\nAfmelden: ${place("unsubscribe")}\nVoorkeuren: ${place("preferences")}\n`;

export const from = "post@archipel.example";
export const fromName = "Op pad met de CXO";
export const subject = "Nieuws van onderweg: één loket";
export const dkimDomain = "archipel.example";
export const dkimSelector = "bench";

export const headersWith = (place: Place): Letter["headers"] => ({
  "List-Id": "<nieuwsbrief.archipel.example>",
  "List-Unsubscribe": `<${place("unsubscribe")}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** The values of recipient number so many. */
export const valuesOf = (number: number): Record<Parameters<Place>[0], string> => ({
  name: `Véra van der Berg ${number}`,
  unsubscribe: `https://archipel.example/afmelden/${number}-0123456789abcdef0123456789abcdef0123456789abcdef`,
  preferences: `https://archipel.example/voorkeuren/${number}-0123456789abcdef0123456789abcdef0123456789abcdef`,
  archive: "https://archipel.example/nieuwsbrief/nieuws-van-onderweg",
});
