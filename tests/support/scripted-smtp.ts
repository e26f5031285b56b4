import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What the server says to a command, or "close": ends the connection without a word. Null: says nothing. */
export type Said = string | "close" | null;

export type Script = {
  greeting?: Said;
  /** `count` is the number of this message on its connection, from 1 on. Undefined: as a server that takes all. */
  answer?: (verb: string, line: string, count: number) => Said | undefined;
  /** Ends the connection after so many bytes of the message. */
  breakAfter?: number;
  extensions?: string[];
};

/** A mail server that does what mail servers rarely do, on a free port; it stops with the test. */
export async function startScriptedSmtp(script: Script) {
  const connections: { verbs: string[]; lines: string[]; messages: number }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    const seen = { verbs: [] as string[], lines: [] as string[], messages: 0 };
    connections.push(seen);
    const say = (said: Said) => {
      if (said === "close") socket.destroy();
      else if (said !== null) socket.write(`${said}\r\n`);
    };
    const usual = (verb: string): string => {
      const extensions = script.extensions ?? ["PIPELINING", "8BITMIME", "SMTPUTF8"];
      if (verb === "EHLO")
        return ["scripted.example", ...extensions]
          .map((line, at, all) => `250${at === all.length - 1 ? " " : "-"}${line}`)
          .join("\r\n");
      if (verb === "DATA") return recipients ? "354 go on" : "503 5.5.1 no valid recipients";
      return verb === "QUIT" ? "221 bye" : "250 2.0.0 fine";
    };
    let waiting = "";
    let inData = false;
    let recipients = 0;
    say(script.greeting === undefined ? "220 scripted.example" : script.greeting);
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      waiting += chunk;
      for (;;) {
        const end = waiting.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        if (inData && script.breakAfter !== undefined && waiting.length >= script.breakAfter)
          return socket.destroy();
        if (end === -1) return;
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + (inData ? 5 : 2));
        const verb = inData ? "CONTENT" : (line.split(/[ :]/)[0] ?? "").toUpperCase();
        seen.verbs.push(verb);
        seen.lines.push(line);
        if (inData) seen.messages++;
        const said = script.answer?.(verb, line, seen.messages + (inData ? 0 : 1));
        const answer = said === undefined ? usual(verb) : said;
        inData = verb === "DATA" && answer !== null && answer.startsWith("354");
        if (verb === "MAIL") recipients = 0;
        if (verb === "RCPT" && answer?.startsWith("250")) recipients++;
        say(answer);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** What came over each connection. */
    connections,
    /** Ends all connections, as after an idle time. */
    hangUp: () => {
      for (const socket of sockets) socket.end();
    },
  };
}
