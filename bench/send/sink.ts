/**
 * A mail server in a process of its own that takes every mail. It speaks as much SMTP as is needed (RFC 5321, with
 * PIPELINING) and little else, so that it is not the limit. It counts mails and different Message-IDs and keeps every
 * so manieth mail as it came, to have its signature checked afterwards.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";

export type SinkQuestion = { forget?: { keepEvery: number }; mails?: boolean };
export type SinkAnswer = { taken: number; different: number; mails: string[] };

let taken = 0;
let keepEvery = 0;
let ids = new Set<string>();
let mails: Buffer[] = [];

const end = Buffer.from("\r\n.\r\n");
const hello = "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";

function receive(mail: Buffer): void {
  taken++;
  ids.add(/^Message-ID: (<[^>]*>)/im.exec(mail.toString("latin1", 0, 6000))?.[1] ?? "none");
  if (keepEvery && taken % keepEvery === 0) mails.push(Buffer.from(mail));
}

function talk(socket: Socket): void {
  let inData = false;
  let chunks: Buffer[] = [];
  socket.setNoDelay(true).on("error", () => {});
  socket.write("220 sink\r\n");
  const command = (line: string): string => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO") return hello;
    if (verb === "DATA") {
      inData = true;
      return "354 go on\r\n";
    }
    return verb === "QUIT" ? "221 bye\r\n" : "250 fine\r\n";
  };
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    // The end of a mail can only be where a chunk ends, because nobody may send anything before our answer to it.
    if (inData && !endsWith(chunks)) return;
    const all = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    chunks = [];
    if (inData) {
      inData = false;
      receive(all.subarray(0, -3));
      socket.write("250 2.0.0 taken\r\n");
      return;
    }
    const lines = all.toString("latin1").split("\r\n");
    const rest = lines.pop();
    if (rest) chunks.push(Buffer.from(rest, "latin1"));
    socket.write(lines.map(command).join(""));
  });
}

function endsWith(chunks: Buffer[]): boolean {
  const last = chunks.at(-1)!;
  if (last.length >= end.length) return last.subarray(-end.length).equals(end);
  return Buffer.concat(chunks.slice(-end.length)).subarray(-end.length).equals(end);
}

const server = createServer(talk);
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", ({ forget, mails: wanted }: SinkQuestion) => {
  if (forget) {
    taken = 0;
    ids = new Set();
    mails = [];
    keepEvery = forget.keepEvery;
  }
  const answer: SinkAnswer = {
    taken,
    different: ids.size,
    mails: wanted ? mails.map((mail) => mail.toString("latin1")) : [],
  };
  process.send?.(answer);
});
