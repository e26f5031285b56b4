/** What a file is by its first bytes; its name and what the browser says of it count for nothing. */
export type Recognised = "jpeg" | "png" | "gif" | "webp" | "heif" | "heic" | "svg" | "unknown";

const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

/** Recognises the formats that we read, and those that people try and deserve a word about. */
export function recognise(bytes: Uint8Array): Recognised {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const text = head.toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.slice(4, 8) === "ftyp") return isobmff(head);
  return /^(\xef\xbb\xbf)?\s*(<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(text) && /<svg[\s/>]/i.test(text)
    ? "svg"
    : "unknown";
}

/** AVIF and HEIC are the same kind of box (ISO/IEC 23008-12); their brands tell them apart. */
function isobmff(head: Buffer): Recognised {
  const length = Math.min(head.readUInt32BE(0), head.length);
  const brands: string[] = head.toString("latin1", 8, length).match(/.{4}/gs) ?? [];
  if (brands.includes("avif") || brands.includes("avis")) return "heif";
  return brands.some((brand) => heicBrands.includes(brand)) ? "heic" : "unknown";
}
