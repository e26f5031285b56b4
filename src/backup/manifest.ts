import { z } from "zod";

/** What an archive begins with: enough to know whether and how it can be restored, before anything is. */
export const manifestShape = z.object({
  format: z.literal("archipel-backup"),
  formatVersion: z.literal(1),
  /** The program's version. */
  program: z.string(),
  postgresql: z.string(),
  /** The moment of the snapshot, by the database's clock. */
  madeAt: z.iso.datetime({ offset: true }),
  /** Of the tables' text. */
  encoding: z.literal("UTF8"),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })).min(1),
  /** In the order in which they follow. Columns that the database makes by itself are left out. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
  /** A keyed hash that tells whether a secret key is the one of this backup; null when none was at hand. */
  keyHash: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestShape>;

/** What it ends with, beside the sum of everything. */
export const endShape = z.object({
  rows: z.record(z.string(), z.number().int()),
  jobs: z.number().int(),
  images: z.number().int(),
});

/** Where things stand in an archive. */
export const names = {
  manifest: "manifest.json",
  key: "secret.key",
  table: (name: string) => `tables/${name}/`,
  jobs: "jobs/",
  images: "images/",
} as const;

/** The name of a part: parts are in the order of their numbers. */
export const partName = (folder: string, number: number) =>
  `${folder}${String(number).padStart(6, "0")}.copy`;
