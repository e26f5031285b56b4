/** What of a server's text is read: the words, in lower case and one spelling. */
export type Plain = {
  /** Without links, host names, codes; "@" stands for each address. */
  words: string;
  /** Links and host names, which may name a list of blocked networks, and nothing else that counts. */
  names: string;
};

/** Characters of a text that are looked at. */
const longest = 8000;

const link = /\b(?:https?:\/\/|www\.)[^\s<>"']{1,500}/g;
const address = /[^\s<>;,:"'()[\]]{1,80}@[\w.-]{1,255}/g;
const hostName = /(?<![\w.-])(?:[\p{L}\d_-]{1,63}\.){1,8}\p{L}[\p{L}\d-]{1,62}(?![\p{L}\d-])/gu;
const ipAddress =
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)|(?<![\w:])[\da-f]{1,4}(?::[\da-f]{0,4}){3,7}(?![\w:])/g;
/** A reply code with its status, which a long answer repeats on each line (RFC 5321, 4.2.1): in the middle of a sentence, once unfolded. */
const code =
  /(?<![\w.])(?:[245]\d\d[- ])?#?[245]\.\d{1,3}\.\d{1,3}(?![\w.]\d)|(?<![\w.])[245]\d\d(?=[\s-])-?/g;
/** The subject of the mail that came back is ours, and may hold any word. */
const subject = /^[ \t>]*(?:subject|onderwerp|betreff|objet|asunto|oggetto|assunto)[ \t]*:.*$/gim;

/** An address, a link or a host name may hold any word: a mailbox named "spam", a page about policy. */
export function plain(text: string): Plain {
  const begun = text
    .slice(0, longest)
    .replace(subject, " ")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\u2018\u2019\u00b4`]/g, "'");
  const names: string[] = [];
  const keep = (name: string) => {
    names.push(name);
    return " ";
  };
  const words = begun
    .replace(link, keep)
    .replace(address, " @ ")
    .replace(/\b(?:resolver|smtpsend|storedrv|transport)(?:\.[\w.]+)/g, (name) => name.replaceAll(".", " "))
    .replace(hostName, keep)
    .replace(ipAddress, " ")
    .replace(code, " ")
    .replace(/[<>"\s]+/g, " ")
    .replace(/ ([.,:;])/g, "$1");
  return { words, names: names.join(" ") };
}
