import type { Generated } from "kysely";
import type { Json } from "../platform/tables.ts";
import type { ColumnOrders, ColumnSurvey } from "./survey.ts";

export const importKinds = ["subscribers", "signatures", "initiatives"] as const;
export type ImportKind = (typeof importKinds)[number];

export const importStates = [
  "matching",
  "checking",
  "checked",
  "running",
  "stopped",
  "done",
  "failed",
] as const;
export type ImportState = (typeof importStates)[number];

export const outcomes = ["good", "bad", "known", "double", "done"] as const;
export type Outcome = (typeof outcomes)[number];
/**
 * How somebody stands on a list: gets mail, ended, could not be reached, called a mail spam, or has an address that
 * gets none (as our own lists say it).
 */
export const standings = ["active", "ended", "gone", "complained", "silent"] as const;
export type Standing = (typeof standings)[number];
/** How everybody in a file can stand, by what kind of file it is. */
export const everybodyStands = ["ended", "gone", "complained"] as const;
export type EverybodyStands = (typeof everybodyStands)[number];
/**
 * How many rows. Of the good ones: by standing, those that end what an earlier import began, those that say no with a
 * date that cannot be read (`undated`), and those without a date (`stated`: the day of the statement counts).
 * `disagrees`: of the known ones, who is ended in the file and not here. `undone`: what was taken back.
 */
export type Counts = Partial<
  Record<Outcome | Standing | "ends" | "undated" | "stated" | "disagrees" | "undone", number>
>;

/** A file with people or initiatives that is read in. */
export type ImportTable = {
  id: Generated<string>;
  kind: ImportKind;
  newsletter_id: string | null;
  /** Whose newsletter it is; null: the movement's. */
  initiative_id: string | null;
  made_by: string | null;
  made_at: Date;
  file_name: string;
  encoding: string;
  delimiter: string;
  header: Json<string[]>;
  /** What each column means; "" for nothing. */
  columns: Json<string[]> | null;
  /** What the values of each column are: numbers alone. */
  survey: Json<ColumnSurvey[]> | null;
  /** Of each column, which number of its dates is the day. */
  orders: Json<ColumnOrders[]> | null;
  /** How everybody in the file stands, where it is a file of those who said no. */
  everybody: EverybodyStands | null;
  /** Where the consent of these people comes from: the words, the day ("2026-01-31"), and who says so. */
  statement: string | null;
  statement_day: string | null;
  statement_by: string | null;
  /** Of signatures: whether the people agreed to be shown as their row says. */
  shows: Generated<boolean>;
  state: ImportState;
  rows: number;
  /** Up to which row the present round came. */
  position: Generated<number>;
  worked_at: Date | null;
  finished_at: Date | null;
  /** When the rows of the file were removed. */
  cleared_at: Date | null;
  counts: Json<Counts>;
};

export type ImportRowTable = {
  import_id: string;
  /** The row as a spreadsheet program counts it: the heading is 1. */
  number: number;
  cells: Json<string[]>;
  data: Json<Record<string, string | null>> | null;
  key: string | null;
  outcome: Outcome | null;
  /** Why it is bad; then `data` holds the column and the value, and `key` the address if the row may be a "no". */
  reason: string | null;
};
