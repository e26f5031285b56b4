export const columns = 72;

/** Breaks lines between words; `first` stands before the first line, `next` before the others. */
export function wrap(text: string, first = "", next = ""): string {
  const done: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    let current = done.length === 0 ? first : next;
    let empty = true;
    for (const word of line.split(/\s+/).filter(Boolean)) {
      if (!empty && current.length + 1 + word.length > columns) {
        done.push(current);
        current = next;
        empty = true;
      }
      current += empty ? word : ` ${word}`;
      empty = false;
    }
    done.push(current.trimEnd());
  }
  return done.join("\n");
}
