/** What the pictures of the editors' guide show: a small initiative with invented people, filled in by its own forms. */
import { setTimeout as sleep } from "node:timers/promises";
import { better, columns, consent, street, subscribersFile, update } from "./guide-material.ts";
import { confirmed, firstOf, idIn, mailTo, signedIn, type Visitor, visitor, write } from "./guide-visitor.ts";

export const lead = { name: "Noor Bakker", email: "noor@example.org" };
const owner = { name: "Robin van Dam", email: "robin@example.org" };
const editor = { name: "Joris Smit", email: "joris@example.org" };

/** The updates of a list in the workplace, as an edition names them. */
export const updateKeys = async (who: Visitor): Promise<string[]> => {
  const { text } = await who.get("/beheer/updates?stand=out");
  return [...text.matchAll(/\/beheer\/teksten\/update\/-\/([0-9a-f-]{36})/g)].map(([, key = ""]) => key);
};

/** Reads in a list of subscribers, step by step; answers with the path of the import. */
export async function addSubscribers(
  who: Visitor,
  at: string,
  step: "upload" | "match" | "run",
): Promise<string> {
  if (step === "upload") {
    const file = { name: "lezers-straatwijs.csv", mimeType: "text/csv", buffer: subscribersFile() };
    return (await who.send("/beheer/invoer", { kind: "subscribers", newsletter: at }, file)).where;
  }
  if (step === "match") await who.post(`${at}/kolommen`, { ...columns, ...consent });
  else await who.post(`${at}/uitvoeren`, {});
  const busy = /De rijen worden (nagekeken|ingelezen)/;
  while (busy.test((await who.get(at)).text)) await sleep(200);
  return at;
}

export type Story = Awaited<ReturnType<typeof tellStory>>;

/** Fills an installation that has nobody in it yet; `firstOwner` is the path that its start printed. */
export async function tellStory(origin: string, firstOwner: string) {
  const robin = await visitor(origin);
  await robin.post(firstOwner, { name: owner.name, email: owner.email });
  await propose(origin, lead, "Straatwijs", "Bewoners maken hun eigen straat groen");
  await robin.post(`${await firstOf(robin, "/beheer/voorstellen")}/goedkeuren`, {});
  await propose(origin, sanne, "Straatpraat", "Ambtenaren drinken elke maand koffie op een stoep");
  const proposal = await firstOf(robin, "/beheer/voorstellen");

  const noor = await signedIn(origin, lead.email);
  await noor.post("/beheer/account", { name: lead.name, language: "nl" });
  const island = idIn((await noor.api.get("/beheer/initiatieven")).url());
  const image = await addImage(noor, island);
  const documents = await writeIsland(noor, island, image);
  const updates = await writeUpdates(noor, island, image);
  const newsletter = idIn(await firstOf(noor, "/beheer/nieuwsbrieven"));
  const team = `/beheer/initiatieven/${island}/team`;
  await noor.post(team, { act: "invite", email: editor.email, role: "island-editor" });
  const joris = await visitor(origin);
  const invitation = await mailTo(joris, editor.email, /\/aanmelden\/uitnodiging\/[\w.~-]+/);
  await joris.post(invitation, {});
  await joris.post("/beheer/account", { name: editor.name, language: "nl" });
  await noor.post(team, { act: "invite", email: "mila@example.org", role: "island-editor" });
  await write(joris, updates.out, better, "bewaren");
  await hearFromVisitors(origin);
  return { robin, noor, joris, island, image, proposal, documents, updates, newsletter, team };
}

const sanne = { name: "Sanne Vermeer", email: "sanne@example.org" };

async function propose(origin: string, by: { name: string; email: string }, name: string, tagline: string) {
  await confirmed(await visitor(origin), "/meld-je-initiatief-aan", {
    ...{ name, tagline, kind: "initiative", role: "Ik begon het, samen met mijn buren.", website: "" },
    story:
      "Drie jaar geleden ging de eerste tegel eruit. Nu doen er veertig straten mee, en de gemeente vraagt ons om raad.",
    ...{ proposer: by.name, email: by.email },
  });
}

async function addImage(who: Visitor, island: string): Promise<string> {
  const file = { name: "lindestraat.jpg", mimeType: "image/jpeg", buffer: await street() };
  const { where } = await who.send(`/beheer/beelden/${island}/uploaden`, {}, file);
  const page = where.split("?")[0] ?? "";
  const alt_nl =
    "Een straat met vier huizen. Tussen de huizen staan bomen, op de stoep staat een lange houten bank.";
  await who.post(page, { meaning: "words", alt_nl, focal: "bottom" });
  return page;
}

async function writeIsland(noor: Visitor, island: string, image: string) {
  const at = (kind: string) => `/beheer/teksten/${kind}/-/${island}`;
  const story = await write(
    noor,
    at("initiatief"),
    {
      "lead.nl": "In veertig straten maken bewoners hun stoep groen. Wij delen wat werkt, en wat niet.",
      "story.nl":
        "Straatwijs begon met één tegel. Wij helpen bewoners en gemeenten die samen een straat willen veranderen.",
      contactEmail: "straatwijs@example.org",
    },
    "publiceren",
  );
  const portraits = await write(
    noor,
    at("portretten"),
    {
      ...{ "portraits.0.name": "Noor Bakker", "portraits.0.role.nl": "Begon Straatwijs in de Lindestraat" },
      "portraits.0.text.nl": "Overdag ben ik verpleegkundige. Op zaterdag schep ik.",
    },
    "publiceren",
  );
  const questions = await write(
    noor,
    at("vragen"),
    {
      ...{
        "questions.0.question.nl": "Mag ik zelf tegels weghalen?",
        "questions.0.answer.nl":
          "Vraag het eerst aan je gemeente. Vaak mag het als er 1,20 meter stoep overblijft.",
      },
      ...{
        "questions.1.question.nl": "Wat kost het?",
        "questions.1.answer.nl": "Een straat geeft ongeveer 200 euro uit, vooral aan planten.",
      },
    },
    "publiceren",
  );
  const help = await write(
    noor,
    at("hulp"),
    {
      ...{ "help.0.kind": "try-out", "help.0.text.nl": "Een zaterdag meehelpen met scheppen en planten." },
    },
    "publiceren",
  );
  return { story, portraits, questions, help, image };
}

async function writeUpdates(noor: Visitor, island: string, image: string) {
  const begin = async () => (await noor.post(`/beheer/teksten/update/nieuw/${island}`, {})).where;
  const picture = /\/media\/([\w./-]+)\)/.exec((await noor.get(image)).text)?.[1] ?? "";
  const out = await begin();
  await write(
    noor,
    out,
    {
      ...update,
      "image.path": picture,
      "image.alt.nl": "Een straat met vier huizen. Op de stoep staat een lange houten bank.",
    },
    "publiceren",
  );
  const other = await begin();
  await write(
    noor,
    other,
    {
      "title.nl": "Een bank van oude steigerplanken",
      author: lead.name,
      "summary.nl":
        "Wie een bank op de stoep zet, krijgt vanzelf bezoek. Zo maakten wij er een voor 35 euro.",
      "body.nl":
        "Op de hoek van de Lindestraat ligt een stapel planken. Daar begon het mee.\n\n## Wat je nodig hebt\n\n- zes planken\n- veertig schroeven\n- twee buren",
    },
    "publiceren",
  );
  const draft = await begin();
  await write(
    noor,
    draft,
    {
      "title.nl": "Regenwater opvangen met de hele straat",
      author: lead.name,
      "summary.nl": "Acht regentonnen, één slang. Samen hielden we 2.000 liter water vast.",
      "body.nl": "Het regende drie dagen. Toch bleef de straat droog.",
    },
    "bewaren",
  );
  return { out, other, draft };
}

/** What visitors sent: tips, an offer of help, a signature with a reason. */
async function hearFromVisitors(origin: string): Promise<void> {
  const contact = "/initiatieven/straatwijs/contact";
  const tips = [
    {
      kind: "example",
      name: "Wim Peters",
      email: "wim@example.org",
      place: "Zutphen",
      text: "In onze straat maakten we van een oude boom een bank voor veertien mensen. Kom je eens kijken? De koffie staat klaar.",
    },
    {
      kind: "question",
      name: "Hava Demir",
      email: "hava@example.org",
      place: "",
      text: "Onze gemeente zegt dat er kabels onder de stoep liggen. Hoe deden jullie dat?",
    },
    {
      kind: "idea",
      name: "Tess Jansen",
      email: "tess@example.org",
      place: "Leiden",
      text: "Maak een kaart van alle straten die meedoen.",
    },
  ];
  for (const tip of tips)
    await confirmed(await visitor(origin), contact, { ...tip, organisation: "", link: "" });
  await confirmed(await visitor(origin), "/doe-mee/straatwijs", {
    offer: "Ik ben hovenier en kan helpen kiezen welke planten het redden op een stoep.",
    why: "Mijn eigen straat is helemaal steen.",
    available: "Op zaterdag",
    ...{ name: "Ruben Visser", email: "ruben@example.org" },
  });
  const signer = await visitor(origin);
  const version = /name="version" value="(\d+)"/.exec((await signer.get("/manifest")).text)?.[1] ?? "";
  await confirmed(signer, "/manifest/ondertekenen", {
    version,
    ...{
      name: "Lotte Hoekstra",
      email: "lotte@example.org",
      appearance: "name",
      organisation: "Gemeente Zeewijk",
      role: "Wijkmanager",
    },
    motivation: "Omdat ik zie dat bewoners verder zijn dan wij.",
  });
}
