/** Texts, a drawing and a file with invented people, for the pictures of the editors' guide. */
import sharp from "sharp";

/** A drawing of a street, as somebody would upload a photo. */
export const street = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675">
      <rect width="1200" height="675" fill="#cfe5ea"/><rect y="470" width="1200" height="205" fill="#b9b4a8"/>
      ${[60, 330, 620, 900]
        .map((x, at) => {
          const colour = ["#b5583f", "#d8a55b", "#8b6f5c", "#c9745a"][at];
          return `<path d="M${x} 250l110-110 110 110v230h-220z" fill="${colour}"/>
            <rect x="${x + 30}" y="270" width="60" height="70" fill="#f3ecd9"/><rect x="${x + 130}" y="270" width="60" height="70"
            fill="#f3ecd9"/><rect x="${x + 80}" y="370" width="60" height="110" fill="#3c3a36"/>`;
        })
        .join("")}
      ${[300, 590, 870, 1150]
        .map(
          (x) =>
            `<rect x="${x - 8}" y="400" width="16" height="110" fill="#5b4636"/><circle cx="${x}" cy="360" r="70" fill="#4c6b3c"/>`,
        )
        .join("")}
      <rect x="120" y="530" width="960" height="60" rx="8" fill="#7a5a3a"/><rect x="180" y="505" width="840" height="26" rx="6"
      fill="#8f6b47"/></svg>`),
  )
    .jpeg({ quality: 88 })
    .toBuffer();

export const update = {
  "title.nl": "De stoeptegel eruit",
  "summary.nl": "In de Lindestraat haalden bewoners tegels weg. Dit leerden we over toestemming en planten.",
  "body.nl": `Het begon met één tegel. Meneer Hendriks haalde hem weg voor een stokroos, en belde daarna de gemeente op om te vragen of dat mocht.

## Eerst vragen, dan scheppen

Het antwoord was: ja, als er 1,20 meter stoep overblijft. Die regel staat nu op een kaartje dat wij uitdelen. Zo hoeft niemand meer te bellen.

- Meet de stoep voordat je begint.
- Vraag je buren of zij meedoen.
- Leg de tegels op één plek. De gemeente haalt ze op.

## Wat niet lukte

De planten van de eerste dag gingen dood. We plantten in juli, en niemand gaf water. In oktober deden we het opnieuw. Nu staat alles nog.

Wil je dit ook in jouw straat? [Vraag het kaartje aan](https://example.org/kaartje).`,
  author: "Noor Bakker",
};

/** What somebody else of the team changes in it afterwards. */
export const better = {
  "title.nl": "De stoeptegel eruit, de buurt erin",
  "summary.nl":
    "In de Lindestraat haalden bewoners samen 400 tegels weg. Dit leerden we over toestemming, planten en koffie.",
};

const letters = [
  "Anna",
  "Bas",
  "Carla",
  "Daan",
  "Emine",
  "Frits",
  "Gerda",
  "Hassan",
  "Iris",
  "Jan",
  "Karin",
  "Leo",
];
const families = [
  "de Groot",
  "Visser",
  "Yılmaz",
  "Postma",
  "van Leeuwen",
  "Kaya",
  "Brouwer",
  "Dijkstra",
  "Mulder",
  "Bos",
];

/** A file as another newsletter program gives it; some rows are wrong, as they always are. */
export const subscribersFile = (): Buffer => {
  const rows = Array.from({ length: 236 }, (_, at) => {
    const [first, last] = [letters[at % 12], families[(at * 7) % 10]];
    const since = new Date(Date.UTC(2026, 0, 5 + at)).toISOString().slice(0, 10);
    return `lezer${at + 1}@example.org,${first},${last},${since},${at % 40 === 39 ? "Unsubscribed" : "Subscribed"}`;
  });
  const wrong = ["anna.degroot,Anna,de Groot,2026-02-01,Subscribed", ",Bas,Visser,2026-03-01,Subscribed"];
  return Buffer.from(["Email,Voornaam,Achternaam,Aanmelddatum,Status", ...rows, ...wrong, ""].join("\n"));
};

export const consent = {
  statement:
    "Zij meldden zich aan via het formulier op straatwijs.example, met een vinkje bij “Stuur mij de nieuwsbrief”.",
  ...{ day: "5", month: "1", year: "2026", by: "Noor Bakker, trekker van Straatwijs" },
};

export const columns = {
  "column-0": "email",
  "column-1": "firstName",
  "column-2": "lastName",
  "column-3": "since",
  "column-4": "status",
};
