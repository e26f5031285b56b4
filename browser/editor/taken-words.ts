type Said = { nl: string; en: string; decorative: boolean };
const nothing: Said = { nl: "", en: "", decorative: false };
const same = (one: Said, other: Said) => JSON.stringify(one) === JSON.stringify(other);

/**
 * For a field with an image: takes over what the library says of the one that is chosen. Words that somebody typed
 * stay; words of the image that was chosen before go with it.
 */
export function wordsTaken(field: HTMLElement): (chosen: HTMLInputElement) => void {
  const within = <Kind extends HTMLElement>(end: string) =>
    field.querySelector<Kind>(`[name$="${end}"]:not([type=hidden])`);
  const texts = { nl: within<HTMLInputElement>(".alt.nl"), en: within<HTMLInputElement>(".alt.en") };
  const box = within<HTMLInputElement>(".decorative");
  const of = ({ dataset }: HTMLInputElement): Said => ({
    nl: dataset.altNl ?? "",
    en: dataset.altEn ?? "",
    decorative: dataset.decorative === "true" || dataset.decorative === "",
  });
  const read = (): Said => ({
    nl: texts.nl?.value ?? "",
    en: texts.en?.value ?? "",
    decorative: box?.checked ?? false,
  });
  const write = (said: Said) => {
    if (texts.nl) texts.nl.value = said.nl;
    if (texts.en) texts.en.value = said.en;
    if (box) box.checked = said.decorative;
    (texts.nl ?? box)?.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const first = field.querySelector<HTMLInputElement>("input[type=radio]:checked");
  let taken = first && same(of(first), read()) ? of(first) : nothing;
  return (chosen) => {
    const now = read();
    if (!same(now, nothing) && !same(now, taken)) return;
    taken = of(chosen);
    write(taken);
  };
}
