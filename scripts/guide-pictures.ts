/** Which pictures the editors' guide has, in the order in which they can be taken. */
import type { Page } from "playwright-core";
import { lists, newsletter } from "./guide-mail-pictures.ts";
import { button, editor, noor, type Picture, phone, robin } from "./guide-picture.ts";
import { lead, type Story } from "./guide-story.ts";
import { write } from "./guide-visitor.ts";

/** Adds a passkey as somebody would, with an authenticator that the browser plays. */
async function addPasskey(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.getByLabel("Naam van de passkey").fill("Mijn telefoon");
  await button(page, "Voeg een passkey toe");
  await page.getByRole("heading", { name: "Mijn telefoon" }).waitFor();
}

export function picturesOf(story: Story): Picture[] {
  return [
    ...signingIn(),
    ...writing(story),
    ...island(story),
    ...answering(story),
    ...lists(story),
    ...newsletter(story),
    ...managing(story),
  ];
}

const signingIn = (): Picture[] => [
  {
    name: "aanmelden",
    path: () => "/aanmelden",
    prepare: (page) => page.getByLabel("E-mailadres", { exact: true }).fill(lead.email),
  },
  {
    name: "aanmelden-code-telefoon",
    ...phone,
    path: () => "/aanmelden",
    prepare: async (page) => {
      await page.getByLabel("E-mailadres", { exact: true }).fill(lead.email);
      await button(page, "Stuur mij een code");
      await page.getByLabel("Code uit de mail").waitFor();
    },
    from: "h1",
  },
  { name: "wat-er-wacht", ...noor, path: () => "/beheer" },
];

const writing = ({ joris, updates }: Story): Picture[] => [
  { name: "updates", ...noor, path: () => "/beheer/updates", height: 760 },
  {
    name: "update-schrijven",
    ...noor,
    path: () => updates.out,
    height: 1000,
    prepare: (page) => editor(page).waitFor(),
  },
  {
    name: "update-schrijven-telefoon",
    ...noor,
    ...phone,
    path: () => updates.out,
    prepare: (page) => editor(page).waitFor(),
    from: ".writing-bar",
  },
  {
    name: "link",
    ...noor,
    path: () => updates.out,
    prepare: async (page) => {
      await editor(page).waitFor();
      await page.getByRole("toolbar").first().scrollIntoViewIfNeeded();
      await button(page, "Link");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "beeld-kiezen",
    ...noor,
    path: () => updates.out,
    prepare: (page) => editor(page).waitFor(),
    from: "[data-image-field]",
    height: 760,
  },
  {
    name: "voorbeeld",
    path: () => "/",
    ...noor,
    prepare: async (page) => {
      await page.goto(updates.draft);
      await button(page, "Voorbeeld");
      await page.waitForURL(/voorbeeld/);
    },
  },
  {
    name: "inplannen",
    ...noor,
    path: () => updates.draft,
    height: 760,
    prepare: async (page) => {
      await button(page, "Inplannen");
      await page.getByRole("heading", { level: 1, name: "Wanneer gaat het uit?" }).waitFor();
    },
  },
  { name: "versies", ...noor, path: () => `${updates.out}/versies`, height: 760 },
  { name: "vergelijken", ...noor, path: () => `${updates.out}/vergelijken?van=3&naar=4` },
  {
    name: "niet-verbonden",
    ...noor,
    path: () => updates.draft,
    prepare: async (page) => {
      await editor(page).waitFor();
      await page.context().setOffline(true);
      await editor(page).click();
      await page.keyboard.press("End");
      await page.keyboard.type(" Alleen in de Eikstraat liep een kelder vol.");
      await page.getByText("Niet verbonden").waitFor();
    },
  },
  {
    name: "iemand-anders",
    ...noor,
    path: () => updates.draft,
    height: 1000,
    prepare: async (page) => {
      await editor(page).waitFor();
      await write(joris, updates.draft, { "title.nl": "Samen regenwater opvangen" }, "bewaren");
      await page.locator('[name="title.nl"]').fill("Regenwater? Dat vang je samen op");
      await page.getByText("heeft dit ook veranderd").waitFor();
      await page.getByText("Bekijk de verschillen").click();
      await page.getByText("Doorgestreept staat alleen").waitFor();
    },
  },
];

const island = ({ island, documents, image }: Story): Picture[] => [
  { name: "eiland", ...noor, path: () => `/beheer/initiatieven/${island}`, height: 1000 },
  {
    name: "vragen",
    ...noor,
    path: () => documents.questions,
    height: 1000,
    prepare: (page) => editor(page).waitFor(),
  },
  { name: "eigen-adres", ...noor, path: () => `/beheer/initiatieven/${island}/adres-nakijken`, height: 640 },
  { name: "beeld-beschrijven", ...noor, path: () => image, height: 1200 },
];

const first = (story: Story, who: "noor" | "robin", section: string) => async () =>
  /href="(\/beheer\/[a-z]+\/[0-9a-f-]{36})"/.exec(
    (await story[who].get(section)).text.split("<main")[1] ?? "",
  )?.[1] ?? section;

const answering = (story: Story): Picture[] => [
  { name: "tips", ...noor, path: () => "/beheer/tips", height: 760 },
  {
    name: "tip",
    ...noor,
    path: first(story, "noor", "/beheer/tips"),
    height: 1000,
    prepare: (page) =>
      page
        .getByLabel("Je antwoord")
        .fill(
          "Dag Wim,\n\nWat een mooie bank! Ik kom graag kijken. Past zaterdag 5 december?\n\nGroet, Noor",
        ),
  },
  {
    name: "aanbod",
    ...noor,
    path: first(story, "noor", "/beheer/aanbod"),
    height: 760,
    prepare: (page) =>
      page.getByLabel(/Je bericht/).fill("Dag Ruben, een hovenier missen we al jaren. Ik bel je deze week."),
  },
  { name: "motivatie", ...robin, path: () => "/beheer/motivaties", height: 600 },
  { name: "voorstel", ...robin, path: () => story.proposal, height: 1000 },
];

const managing = ({ island, team }: Story): Picture[] => [
  { name: "cijfers", ...noor, path: () => `/beheer/cijfers/${island}` },
  { name: "team", ...noor, path: () => team, height: 1000 },
  { name: "logboek", ...noor, path: () => "/beheer/logboek", height: 760 },
  // Last, because a passkey gives a new session.
  {
    name: "mijn-account",
    ...noor,
    path: () => "/beheer/account",
    prepare: addPasskey,
    from: "#account-passkeys",
  },
];
