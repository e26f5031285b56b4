import { pastedAddress } from "../platform/email-address.ts";
import { checkInitiative } from "./check-initiative.ts";
import { checkSigner } from "./check-signer.ts";
import { checkSubscriber } from "./check-subscriber.ts";
import { type Checked, type Reading, Row } from "./row.ts";
import type { EverybodyStands, ImportKind } from "./table.ts";

/** What every row of an import is read by. */
export type ImportReading = Reading & { kind: ImportKind; everybody: EverybodyStands | null };

/** Reads one row by what its columns mean. */
export function checkRow(reading: ImportReading, cells: string[]): Checked {
  const { kind, columns, everybody } = reading;
  // What is not there says nothing; least of all that somebody still wants mail.
  if (columns.some((meaning, at) => meaning && cells[at] === undefined)) return unread("columns", cells);
  const row = new Row(reading, cells);
  // Lengths come first and are final: no pattern is tried on what no field can be.
  const tooLong = row.tooLong(kind === "subscribers" ? courtesies : []);
  if (tooLong) return row.bad("too-long", tooLong, addressIn(cells));
  return kind === "initiatives" ? checkInitiative(row) : checkPerson[kind](row, everybody);
}

/** What keeps nobody off a newsletter. */
const courtesies = ["name", "firstName", "prefix", "lastName", "language"];

const checkPerson = { subscribers: checkSubscriber, signatures: checkSigner };

/** A row that cannot be read: it may say no for the address in it, which then becomes active by no other row. */
export const unread = (reason: string, cells: string[]): Checked => ({
  ...{ kind: "bad", reason, data: null },
  key: addressIn(cells),
});

function addressIn(cells: string[]): string | null {
  for (const cell of cells) {
    const [address] = /[^\s@"'<>,;|]{1,64}@[^\s@"'<>,;|]{1,190}/.exec(cell.slice(0, 1000)) ?? [];
    if (address) return pastedAddress(address);
  }
  return null;
}
