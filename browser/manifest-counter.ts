/** <archipel-counter src="https://…">: how many signed, with a link to sign; for any site (docs/embed.md). */
const texts = {
  nl: { path: "/manifest", signed: ["persoon tekende", "mensen tekenden"], sign: "Onderteken het manifest" },
  en: { path: "/en/manifesto", signed: ["person signed", "people signed"], sign: "Sign the manifesto" },
};

const style = `:host{display:inline-block;padding:.75em 1em;border:3px double;line-height:1.4}
p{margin:0 0 .25em}strong{display:block;font-size:2em;line-height:1.1}[hidden]{display:none}`;

class ArchipelCounter extends HTMLElement {
  static observedAttributes = ["src", "lang"];

  connectedCallback(): void {
    this.show();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.show();
  }

  async show(): Promise<void> {
    const lang = this.closest<HTMLElement>("[lang]")?.lang.startsWith("en") ? "en" : "nl";
    const text = texts[lang];
    const at = (path: string) => new URL(path, this.getAttribute("src") || import.meta.url).href;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = `<p lang="${lang}" hidden><strong></strong> <span></span></p><slot><a lang="${lang}"></a></slot>`;
    const [line, number, words, link] = ["p", "strong", "span", "a"].map((name) => root.querySelector(name)!);
    link!.textContent = text.sign;
    link!.setAttribute("href", at(text.path));
    try {
      const { count } = await (await fetch(at("/api/manifest/count.json"))).json();
      number!.textContent = new Intl.NumberFormat(lang).format(count);
      words!.textContent = text.signed[count === 1 ? 0 : 1]!;
      line!.toggleAttribute("hidden", !Number.isInteger(count));
    } catch {
      // without the number, the link stays
    }
  }
}

if (!customElements.get("archipel-counter")) customElements.define("archipel-counter", ArchipelCounter);
