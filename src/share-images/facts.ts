/** What is written on a picture, top to bottom. */
export type Words = {
  /** Whose site it is. */
  site: string | null;
  title: string;
  subtitle: string | null;
  /** The last line: which island, which day. */
  foot: string | null;
};

/** All that decides how a picture looks: its words, and the slugs of the islands drawn beside them. */
export type Picture = { words: Words; islands: string[] };
