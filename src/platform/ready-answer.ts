import { brotliCompressSync, constants, gzipSync } from "node:zlib";

type Encoding = "br" | "gzip";
type Packed = { body: Buffer; init: { headers: Record<string, string> } };

/** An answer that is sent often: what goes over the wire is made once, compressed when that is first asked for. */
export class ReadyAnswer {
  #plain: Packed;
  #packed: Partial<Record<Encoding, Packed>> = {};
  #compressible: boolean;

  constructor(body: Buffer, headers: Record<string, string>) {
    this.#compressible = compressible.test(headers["content-type"] ?? "");
    this.#plain = pack(body, this.#compressible ? { ...headers, vary: "Accept-Encoding" } : headers);
  }

  /** The most it may come to take in memory: the two compressed forms are each smaller than half the body. */
  get bytes(): number {
    return this.#plain.body.length * (this.#compressible ? 2 : 1);
  }

  /** The answer in the best encoding that the client takes. */
  to({ headers }: Request): Response {
    const encoding = this.#compressible ? encodingFor(headers.get("accept-encoding")) : null;
    const { body, init } = encoding ? this.#compressed(encoding) : this.#plain;
    return new Response(body as BodyInit, init);
  }

  #compressed(encoding: Encoding): Packed {
    const { body, init } = this.#plain;
    this.#packed[encoding] ??= pack(compress[encoding](body), {
      ...init.headers,
      "content-encoding": encoding,
    });
    return this.#packed[encoding];
  }
}

const pack = (body: Buffer, headers: Record<string, string>): Packed => ({
  body,
  init: { headers: { ...headers, "content-length": String(body.length) } },
});

const compressible = /^(text\/|application\/(json|atom\+xml|feed\+json|xml|manifest\+json)|image\/svg)/;

/** Not the smallest but the quickest of the small: somebody waits. A page of 50 kB takes a millisecond or two. */
const compress: Record<Encoding, (body: Buffer) => Buffer> = {
  br: (body) => trimmed(brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: (body) => trimmed(gzipSync(body, { level: 6 })),
};

/** In memory of its own size: zlib gives a view of a block of 16 kB, all of which would be kept. */
const trimmed = (packed: Buffer): Buffer => Buffer.from(new Uint8Array(packed).buffer);

/** The name of an encoding in Accept-Encoding, without the weight 0 that refuses it. */
const mention = (name: Encoding) =>
  new RegExp(`(?:^|,)\\s*${name}(?=\\s*(?:[,;]|$))(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`, "i");
const mentions: [Encoding, RegExp][] = [
  ["br", mention("br")],
  ["gzip", mention("gzip")],
];

/** The best encoding that an Accept-Encoding header takes, or null to send as it is (RFC 9110, 12.5.3). */
function encodingFor(accepted: string | null): Encoding | null {
  if (!accepted) return null;
  return mentions.find(([, mentioned]) => mentioned.test(accepted))?.[0] ?? null;
}
