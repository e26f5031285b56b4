import type { Child } from "hono/jsx";
import type { RawBuilder } from "kysely";
import type { Action, DeskVisit } from "../accounts/operations.ts";
import type { DeskSection } from "../desk-paths.ts";
import type { Listed, Listing } from "./paging.ts";

/** What somebody may see of a list: all, or what belongs to these initiatives. */
export type Places = "all" | string[];

/** A choice in the form above a list. `none`: how "no choice" is called; left out where one is always chosen. */
export type FilterChoice = { name: string; none?: string; options: { value: string; label: string }[] };

export type Filters = {
  choices: FilterChoice[];
  /** Whether one can name an organisation. */
  organisation?: boolean;
};

/** What was chosen and typed, by name; "" where nothing was. */
export type Chosen = Record<string, string>;

export type Column<Row> = {
  name: string;
  /** In words; what an export holds too. */
  text: (row: Row, visit: DeskVisit) => string;
  /** On the page, where that differs. */
  show?: (row: Row, visit: DeskVisit) => Child;
  /** Only in the export. */
  aside?: boolean;
};

/** A list of the workplace: what it is read from, how it is narrowed, what it shows. */
export type DeskList<Row extends Listed = Listed> = {
  name: "signatures" | "subscribers" | "offers" | "people";
  section: DeskSection;
  list: Action;
  export: Action;
  listing: Listing;
  /** Where a row leads to. */
  href: (row: Row, visit: DeskVisit) => string;
  filters: (visit: DeskVisit, places: Places) => Promise<Filters>;
  /** The conditions of what was chosen; null: nothing fits. */
  narrow: (visit: DeskVisit, chosen: Chosen, places: Places) => Promise<RawBuilder<boolean>[] | null>;
  columns: Column<Row>[];
};
