import { greetingOf } from "../newsletters/operations.ts";
import { divide, escapeHtml, fillIn } from "../platform/mass-mail/slots.ts";
import type { MailPreview } from "../ui/mail/compose.ts";
import { composeLetter } from "./letter.ts";
import type { EditionContent } from "./table.ts";

const content: EditionContent = {
  subject: { nl: "Wat we leerden in de haven", en: "What we learned at the harbour" },
  preheader: { nl: "Drie plekken waar het al lukt", en: "Three places where it works already" },
  greeting: true,
  intro: {
    nl: "We waren **drie dagen** op pad. Dit namen we mee:\n\n- een plan dat op één bladzijde past\n- [een vraag](/contact) die niemand stelde",
    en: "We travelled for **three days**. This is what we brought back:\n\n- a plan that fits on one page\n- [a question](/en/contact) that nobody asked",
  },
  blocks: [],
  closing: { nl: "Tot de volgende keer.", en: "Until next time." },
};

const block = {
  id: "00000000-0000-4000-8000-000000000000",
  slug: "aan-boord",
  title: { nl: "Aan boord in Ede", en: "On board in Ede" },
  summary: { nl: "Wat er gebeurt als iedereen meekijkt.", en: "What happens when everybody looks along." },
  image: null,
  image_alt: null,
  published_at: new Date("2026-05-01T08:00:00Z"),
  island: "op-pad",
  host: null,
  initiative: { nl: "Op pad met de CXO" },
};

const origin = "https://voorbeeld.example";

/** An edition as its readers get it. */
export const editionMailPreviews: MailPreview[] = [
  {
    name: "editions-edition",
    render: async (language) => {
      const letter = await composeLetter({
        ...{ language, content, origin, baseUrl: origin, blocks: [block] },
        newsletter: "Nieuwsbrief van Op pad met de CXO",
        siteName: "Op pad met de CXO",
        updateHref: ({ slug }) => `${origin}/updates/${slug}`,
      });
      const value = (name: string) =>
        name === "greeting" ? greetingOf("Jan", language) : `${origin}/${name}`;
      return {
        subject: letter.subject,
        html: fillIn(divide(letter.html), (name) => escapeHtml(value(name))),
        text: fillIn(divide(letter.text), value),
      };
    },
  },
];
