/** The pictures of lists, of reading subscribers in, and of a newsletter from its first word to its figures. */
import { setTimeout as sleep } from "node:timers/promises";
import { button, editor, noor, type Picture } from "./guide-picture.ts";
import { addSubscribers, type Story, updateKeys } from "./guide-story.ts";
import { idIn, write } from "./guide-visitor.ts";

export const lists = (story: Story): Picture[] => {
  let imported = "";
  return [
    {
      name: "invoer",
      ...noor,
      path: async () => {
        imported = await addSubscribers(story.noor, story.newsletter, "upload");
        return "/beheer/invoer";
      },
      height: 690, // above the field whose words are the browser's own
    },
    { name: "invoer-kolommen", ...noor, path: () => imported, from: "#match-heading", height: 900 },
    {
      name: "invoer-nagekeken",
      ...noor,
      path: async () => {
        await addSubscribers(story.noor, imported, "match");
        return imported;
      },
      prepare: async (page) => {
        await page.getByText("Nagekeken. Er is nog niets ingelezen.").waitFor();
      },
      height: 760,
    },
    {
      name: "abonnees",
      ...noor,
      path: async () => {
        await addSubscribers(story.noor, imported, "run");
        return "/beheer/abonnees";
      },
    },
  ];
};

export const newsletter = (story: Story): Picture[] => {
  let edition = "";
  return [
    { name: "nieuwsbrief", ...noor, path: () => `/beheer/nieuwsbrieven/${story.newsletter}`, height: 640 },
    {
      name: "editie-schrijven",
      ...noor,
      path: async () => {
        const begun = await story.noor.post(`/beheer/nieuwsbrieven/${story.newsletter}/nieuw`, {});
        const keys = await updateKeys(story.noor);
        return write(
          story.noor,
          begun.where,
          {
            "subject.nl": "De stoep gaat open",
            "preheader.nl": "400 tegels eruit, en een bank voor 35 euro",
            "intro.nl": "Het was een druk najaar. Twee straten laten zien hoe je begint.",
            ...Object.fromEntries(keys.map((key, at) => [`blocks.${at}.update`, key])),
            "closing.nl": "Tot in de straat!\n\nNoor",
          },
          "bewaren",
        );
      },
      height: 1000,
      prepare: async (page) => {
        await button(page, "Bewaren en verder naar versturen");
        await page.waitForURL(/edities/);
        edition = `/beheer/edities/${idIn(page.url())}`;
        await page.getByRole("link", { name: "Verder schrijven" }).click();
        await editor(page).waitFor();
      },
    },
    { name: "editie-nakijken", ...noor, path: () => edition, height: 1180 },
    {
      name: "editie-voorbeeld",
      ...noor,
      path: () => `${edition}/voorbeeld`,
      height: 1000,
      prepare: (page) =>
        page.frameLocator("iframe").first().getByText("De stoep gaat open").first().waitFor(),
    },
    {
      name: "editie-minuut",
      ...noor,
      path: () => edition,
      height: 680,
      prepare: async (page) => {
        await button(page, /^Nu versturen/);
        await page.getByRole("button", { name: "Ongedaan maken" }).waitFor();
      },
    },
    {
      name: "editie-verstuurd",
      ...noor,
      path: async () => {
        for (let tries = 0; tries < 90; tries++) {
          if ((await story.noor.get(edition)).text.includes("De editie is verstuurd")) break;
          await sleep(1000);
        }
        return edition;
      },
      height: 900,
    },
  ];
};
