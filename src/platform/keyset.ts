/** Where a page of a list begins: behind the row of this moment (to the millisecond) and id. */
export type Place = { at: Date; id: string };

/** A place as an address says it: "<milliseconds>.<id>". */
export const placeText = ({ at, id }: Place): string => `${at.getTime()}.${id}`;

/** Reads a place from an address; null for none, or for what is none. */
export function readPlace(text: string | undefined): Place | null {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? "") ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}

/** The first `size` of rows of which one more was asked for; `next`: where the next page begins, null at the end. */
export function cutPage<Row extends Place>(rows: Row[], size: number): { rows: Row[]; next: Place | null } {
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { rows: rows.slice(0, size), next: last ? { at: last.at, id: last.id } : null };
}
