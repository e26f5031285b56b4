import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A POST over a socket of one's own, whose body comes as the test wants: slowly, half, or other than it said. */
export function rawPost(port: number, path: string, headers: Record<string, string>) {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => (text += part));
  socket.on("error", () => {}); // the server may close before all was sent
  const closed = new Promise<void>((done) => socket.once("close", () => done()));
  const lines = Object.entries({ host: `localhost:${port}`, connection: "close", ...headers });
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(": ")}\r\n`).join("")}\r\n`);
  return {
    /** Sends a piece, and waits for as long as the server takes none; false once it listens no more. */
    send: async (piece: Uint8Array | string): Promise<boolean> => {
      if (socket.destroyed || !socket.writable) return false;
      if (socket.write(piece)) return true;
      await Promise.race([new Promise<void>((drained) => socket.once("drain", () => drained())), closed]);
      return !socket.destroyed;
    },
    /** What the server answered, once it closed the connection. */
    answer: async (): Promise<{ status: number; text: string }> => {
      await closed;
      return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
    },
    hasAnswer: () => text !== "",
    breakOff: async () => {
      socket.destroy();
      await closed;
      await sleep(50);
    },
  };
}

export const boundary = "----tide";
export const multipartType = { "content-type": `multipart/form-data; boundary=${boundary}` };

/** The head of a part, with what stands before it. */
export const partHead = (name: string, fileName?: string): string =>
  `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? "" : `; filename="${fileName}"`}\r\n\r\n`;

export const lastLine = `\r\n--${boundary}--\r\n`;
