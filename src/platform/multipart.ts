import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as others } from "node:timers/promises";
import { Busboy } from "@fastify/busboy";

/** How much a form may hold. Files count apart from fields. */
export type FormLimits = {
  fields: number;
  /** Bytes of one field. */
  field: number;
  files: number;
};

/** Bytes of a name, and of all that stands above the content of a part: more than any browser makes. */
const longestName = 200;
const longestHead = 8 * 1024;
const slice = 16 * 1024;

/** A body that is no such form, ends half-way, or holds more than the form asks for. */
export class FormRefused extends Error {
  override name = "FormRefused";
}

export type FormParts = {
  field: (name: string, value: string) => void;
  /** A file as it comes in. It must be read to its end. */
  file: (file: Readable, name: string) => Promise<void>;
};

/**
 * Reads a form with files (RFC 7578) as it comes in, and holds nothing of it but the field that comes by.
 *
 * @throws FormRefused for what is no form or holds too much; whatever `body` or `parts` throw.
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  limits: FormLimits,
  parts: FormParts,
): Promise<void> {
  const taking: { file: Readable; taken: Promise<void> }[] = [];
  const form = parserFor(contentType, limits);
  const refuse = (why: string) => form.destroy(new FormRefused(why));
  for (const what of ["partsLimit", "fieldsLimit", "filesLimit"] as const) form.on(what, () => refuse(what));
  const named = (name: string | undefined, fileName = "") => {
    const fits = name !== undefined && name.length <= longestName && fileName.length <= 5 * longestName;
    if (!fits) refuse("a part without a name, or with one that is too long");
    return fits;
  };
  form.on("field", (name, value, _nameCut, cut) => {
    if (cut) refuse("a field that is too long");
    else if (named(name)) parts.field(name, value);
  });
  form.on("file", (name, file, fileName) => {
    file.on("error", () => {}); // whoever reads it sees it
    if (!named(name, fileName)) return;
    const taken = parts.file(file, fileName ?? "");
    taken.catch((error: Error) => form.destroy(error));
    taking.push({ file, taken });
  });
  try {
    await pipeline(Readable.from(sliced(body)), form);
    await Promise.all(taking.map(({ taken }) => taken));
  } catch (error) {
    // Whoever still waits for more of a file waits in vain.
    for (const { file } of taking) file.destroy();
    await Promise.allSettled(taking.map(({ taken }) => taken));
    throw isParserFault(error) ? new FormRefused((error as Error).message) : error;
  }
}

/**
 * In small pieces, between which others get their turn: the parser works through one without a pause, and a piece from
 * the network can hold a thousand parts. Past a limit no more than a piece is worked on.
 */
async function* sliced(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body)
    for (let at = 0; at < chunk.length; at += slice) {
      yield chunk.subarray(at, at + slice);
      if (at + slice < chunk.length) await others();
    }
}

function parserFor(contentType: string, { fields, field, files }: FormLimits) {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: {
        ...{ fields, fieldSize: field, files, parts: fields + files },
        ...{ headerSize: longestHead, headerPairs: 20 },
      },
    });
  } catch (error) {
    throw new FormRefused((error as Error).message);
  }
}

/** The library's own errors are plain ones, told apart by their words alone. */
const isParserFault = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === "Error" &&
  !("code" in error) &&
  /multipart|terminated early/i.test(error.message);
