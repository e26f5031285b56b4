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
    nl: "We waren **drie dagen** op pad. Dit namen we mee:\n\n- een plan dat op één bladzijde past\n- [een vraag](/contact) die niemand stelde\n\n![Een kade met drie boten](/media/00000000-0000-4000-8000-000000000001/1200x675-kade.jpg)\n\n> Wie niet vaart, leert de haven niet kennen.\n\n| Waar | Wie |\n|---|---|\n| Ede | An |",
    en: "We travelled for **three days**. This is what we brought back:\n\n- a plan that fits on one page\n- [a question](/en/contact) that nobody asked\n\n![A quay with three boats](/media/00000000-0000-4000-8000-000000000001/1200x675-quay.jpg)\n\n> Who does not sail never gets to know the harbour.\n\n| Where | Who |\n|---|---|\n| Ede | An |",
  },
  blocks: [],
  closing: { nl: "Tot de volgende keer.", en: "Until next time." },
};

const block = {
  id: "00000000-0000-4000-8000-000000000000",
  slug: "aan-boord",
  title: { nl: "Aan boord in Ede", en: "On board in Ede" },
  // In Dutch alone: the English edition says so to who has it read aloud.
  summary: { nl: "Wat er gebeurt als iedereen meekijkt." },
  image: "00000000-0000-4000-8000-000000000002/1200x675-aan-boord.jpg",
  image_alt: { nl: "Twee mensen bekijken een kaart" },
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
