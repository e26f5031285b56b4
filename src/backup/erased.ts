import { existsSync, readFileSync } from "node:fs";
import { CommandError } from "../platform/commands.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Who was erased, as an operator says it: "none", numbers, or the name of a file with numbers (what `erased` lists) or
 * with the program's log.
 *
 * @throws CommandError naming what is no number.
 */
export function readErased(said: string): string[] {
  const given = said.trim();
  if (given.toLowerCase() === "none") return [];
  if (existsSync(given)) return numbersIn(readFileSync(given, "utf8"), given);
  const numbers = given.split(/[\s,]+/).filter(Boolean);
  const wrong = numbers.find((one) => !uuid.test(one));
  if (wrong !== undefined || numbers.length === 0)
    throw new CommandError(
      `"${wrong ?? ""}" is neither a number such as 0198c0de-0000-4000-8000-000000000000, nor a file that is there, nor "none".`,
    );
  return [...new Set(numbers)];
}

function numbersIn(text: string, file: string): string[] {
  const found = text.split("\n").flatMap((line, at) => {
    const [first = ""] = line.trim().split(/\s+/);
    if (first === "" || first === ">") return []; // npm announces a command by ">"
    if (first.startsWith("{")) return numberInLog(line);
    if (!uuid.test(first))
      throw new CommandError(`Line ${at + 1} of ${file} does not begin with a number of somebody erased.`);
    return [first];
  });
  return [...new Set(found)];
}

/** The number in the line of a log that says so; other lines say nothing about it. */
function numberInLog(line: string): string[] {
  try {
    const { msg, personId } = JSON.parse(line) as { msg?: unknown; personId?: unknown };
    return msg === "person erased" && typeof personId === "string" && uuid.test(personId) ? [personId] : [];
  } catch {
    return [];
  }
}
