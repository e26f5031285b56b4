declare module "hoodiecrow-imap" {
  import type { Server, Socket } from "node:net";

  type Connection = {
    socket: Socket;
    send: (
      response: { tag: string; command: string; attributes: object[] },
      description: string,
      parsed: object,
    ) => void;
  };
  type Command = { tag: string };
  type Handler = (connection: Connection, parsed: Command, data: unknown, done: () => void) => void;
  type Folder = { messages: { uid: number; raw: string }[] };

  export type FetchHandler = (connection: Connection, message: { raw: string }, query: object) => unknown;

  export type ImapServer = {
    server: Server;
    /** Asked before its own. */
    fetchHandlers: Record<string, FetchHandler>;
    getMailbox: (path: string) => Folder;
    /** `raw`: a character per byte. */
    appendMessage: (mailbox: string, flags: string[], date: null, raw: string) => void;
    setCommandHandler: (command: string, handler: Handler) => void;
    getCommandHandler: (command: string) => Handler;
    listen: (port: number, host: string, done: () => void) => void;
  };
  export default function hoodiecrow(options: {
    plugins?: string[];
    /** TLS from the start. */
    secureConnection?: boolean;
    credentials?: { key: string; cert: string };
    users?: Record<string, { password: string }>;
    storage?: Record<string, object>;
  }): ImapServer;
}

declare module "hoodiecrow-imap/lib/commands/handlers/fetch.js" {
  import type { FetchHandler } from "hoodiecrow-imap";

  const handlers: Record<string, FetchHandler>;
  export default handlers;
}
