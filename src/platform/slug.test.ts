import { expect, test } from "vitest";
import { slugOf } from "./slug.ts";

test.each([
  ["Op pad met Zoë", "op-pad-met-zoe"],
  ["Col·lecció, ŉ foto’s", "colleccio-n-fotos"],
  ["Łódź en Đakovo", "lodz-en-dakovo"],
  ["Łukasz’ ĳsberg", "lukasz-ijsberg"],
  ["Straße, Œuvre, Æbleskiver, Øresund", "strasse-oeuvre-aebleskiver-oresund"],
  [
    "Þingvellir, Seyðisfjörður, Ħal Far, Diyarbakır, İzmir",
    "thingvellir-seydisfjordur-hal-far-diyarbakir-izmir",
  ],
  ["Čačak, Győr, Şile, Ţara, Ångström, Việt Nam", "cacak-gyor-sile-tara-angstrom-viet-nam"],
])("%s becomes %s", (text, slug) => expect(slugOf(text)).toBe(slug));

test("no letter of the Latin alphabet's European relatives vanishes", () => {
  // Latin-1 Supplement and Latin Extended-A (Unicode 16), without the signs among them
  const letters = Array.from({ length: 0x180 - 0xc0 }, (_, at) => String.fromCodePoint(0xc0 + at));
  for (const letter of letters.filter((one) => /\p{L}/u.test(one)))
    expect(slugOf(`a${letter}b`), letter).toMatch(/^a[a-z]{1,3}b$/);
});
