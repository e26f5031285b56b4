import { isDeepStrictEqual } from "node:util";
import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import { slugOf } from "../platform/slug.ts";
import {
  type Applied,
  type Document,
  defineDocument,
  line,
  lines,
  list,
  localized,
  markdown,
} from "../writing/operations.ts";
import { getManifesto, type Manifesto } from "./queries.ts";

type ManifestoContent = {
  title: Localized;
  mission: Localized;
  observationsHeading: Localized;
  observations: { text: Localized }[];
  principlesHeading: Localized;
  principles: { verb: Localized; text: Localized }[];
  conclusion: Localized;
};

const inBoth = { localized: true } as const;

/**
 * The manifesto. Publishing makes a new version: who signed an earlier one stays under that, and its text stays on the
 * web.
 */
export const manifestoDocument = defineDocument<ManifestoContent>({
  kind: "manifesto",
  name: "manifesto:document.name",
  section: "texts",
  actions: { edit: "movement.edit", publish: "manifesto.publish" },
  keys: async () => ["manifesto"],
  fields: [
    line("title", { ...inBoth, label: "manifesto:document.title", max: 150 }),
    markdown("mission", {
      ...inBoth,
      label: "manifesto:document.mission",
      description: "manifesto:document.missionHelp",
      max: 10_000,
    }),
    line("observationsHeading", { ...inBoth, label: "manifesto:document.observationsHeading", max: 200 }),
    list("observations", [lines("text", { ...inBoth, label: "manifesto:document.observation", max: 1000 })], {
      label: "manifesto:document.observations",
      item: "manifesto:document.observationNumber",
      add: "manifesto:document.addObservation",
      max: 20,
    }),
    line("principlesHeading", { ...inBoth, label: "manifesto:document.principlesHeading", max: 200 }),
    list(
      "principles",
      [
        line("verb", { ...inBoth, label: "manifesto:document.verb", max: 60 }),
        lines("text", { ...inBoth, label: "manifesto:document.verbText", max: 600 }),
      ],
      {
        label: "manifesto:document.principles",
        description: "manifesto:document.principlesHelp",
        item: "manifesto:document.principle",
        add: "manifesto:document.addPrinciple",
        min: 1,
        max: 30,
      },
    ),
    lines("conclusion", { ...inBoth, label: "manifesto:document.conclusion", max: 2000 }),
  ],
  title: ({ title }) => title,
  read: async (ctx, key) => {
    const manifesto = key === "manifesto" ? await getManifesto(ctx) : undefined;
    return manifesto ? { initiativeId: null, content: contentOf(manifesto) } : null;
  },
  apply,
  publicPath: async (_ctx, _document, _content, language) => paths(language).manifesto,
});

const contentOf = (manifesto: Manifesto): ManifestoContent => ({
  title: manifesto.title,
  mission: manifesto.mission,
  observationsHeading: manifesto.observations_heading,
  observations: manifesto.observations.map((text) => ({ text })),
  principlesHeading: manifesto.principles_heading,
  principles: manifesto.principles.map(({ verb, text }) => ({ verb, text })),
  conclusion: manifesto.conclusion,
});

/** Whether both read the same; a language without a word may be left out or be empty. */
function saysTheSame(one: ManifestoContent, other: ManifestoContent): boolean {
  const plain = (content: ManifestoContent) =>
    JSON.parse(JSON.stringify(content, (_, value) => (value === "" ? undefined : value)));
  return isDeepStrictEqual(plain(one), plain(other));
}

async function apply(ctx: Ctx, _document: Document, content: ManifestoContent): Promise<Applied> {
  const before = await getManifesto(ctx);
  // Whoever signed, signed a text: the same one again is no new version of it.
  if (before && saysTheSame(contentOf(before), content)) return { kind: "applied" };
  // A verb that stays keeps its slug, so that those who chose it are still found under it.
  const known = new Map(before?.principles.map(({ slug, verb }) => [verb.nl, slug]));
  const principles = content.principles.map(({ verb, text }) => ({
    slug: known.get(verb.nl) ?? slugOf(verb.nl, 60),
    ...{ verb, text },
  }));
  const doubled = principles.findIndex(
    ({ slug }, at) => principles.findIndex((one) => one.slug === slug) !== at,
  );
  if (doubled >= 0)
    return {
      kind: "refused",
      errors: [{ name: `principles.${doubled}.verb.nl`, message: "manifesto:document.verbTwice" }],
    };
  await ctx.db
    .insertInto("manifestos")
    .values({
      version: (before?.version ?? 0) + 1,
      title: localized(content.title),
      mission: localized(content.mission),
      observations_heading: localized(content.observationsHeading),
      observations: JSON.stringify(content.observations.map(({ text }) => text)),
      principles_heading: localized(content.principlesHeading),
      principles: JSON.stringify(principles),
      conclusion: localized(content.conclusion),
      published_at: ctx.now(),
    })
    .execute();
  return { kind: "applied" };
}
