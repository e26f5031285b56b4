/** A heading or a word as it is compared: lower-case, letters and digits only. Also behind a mark that was read as letters. */
export const plain = (text: string): string =>
  text
    .slice(0, 200)
    .replace(/^ï»¿/, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
