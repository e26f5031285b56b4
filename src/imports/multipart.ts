/** What comes by in a form with a file: the head of a part, then its bytes. */
export type PartEvent =
  | { kind: "part"; name: string; fileName: string | null }
  | { kind: "data"; bytes: Buffer };

/** The word between the parts of such a form (RFC 2046, 5.1.1), or null for another kind of body. */
export function boundaryOf(contentType: string): string | null {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

/** A head longer than this is none that a browser makes. */
const longestHead = 16_384;

/**
 * Reads a form with a file (RFC 7578) as it comes in, without holding more of it than one chunk.
 *
 * @throws SyntaxError for a body that is no such form, or ends half-way.
 */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<PartEvent> {
  const between = Buffer.from(`\r\n--${boundary}`);
  // The first part has no line end before it; with one, all are alike.
  let held: Buffer = Buffer.from("\r\n");
  let inside = false; // in the bytes of a part, rather than before the first one
  for await (const chunk of body) {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const at = held.indexOf(between);
      if (at < 0) {
        const safe = held.length - between.length;
        if (safe > 0) {
          if (inside) yield { kind: "data", bytes: held.subarray(0, safe) };
          held = held.subarray(safe);
        }
        break;
      }
      if (held.length < at + between.length + 2) break; // how it goes on is still to come
      const behind = held.subarray(at + between.length);
      if (behind.subarray(0, 2).toString("latin1") === "--") {
        if (inside && at > 0) yield { kind: "data", bytes: held.subarray(0, at) };
        return;
      }
      const end = behind.indexOf("\r\n\r\n");
      if (end < 0 && behind.length > longestHead) throw new SyntaxError("a part without an end to its head");
      if (end < 0) break;
      if (inside && at > 0) yield { kind: "data", bytes: held.subarray(0, at) };
      yield headOf(behind.subarray(2, end).toString("utf8"));
      inside = true;
      held = behind.subarray(end + 4);
    }
  }
  throw new SyntaxError("the form ends half-way");
}

function headOf(head: string): PartEvent {
  const line = head.split("\r\n").find((one) => /^content-disposition:\s*form-data\b/i.test(one)) ?? "";
  const [, name] = /;\s*name="([^"]*)"/i.exec(line) ?? [];
  const [, fileName] = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(line) ?? [];
  if (name === undefined) throw new SyntaxError("a part without a name");
  return { kind: "part", name, fileName: fileName ?? null };
}
