import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** A visitor who does not take the answer holds the end up no longer than this. */
const patienceInMs = 25_000;

/** Asks for server-sent events, which end only when their reader leaves; a browser connects again by itself (WHATWG). */
const isEndless = ({ headers }: IncomingMessage) => headers.accept === "text/event-stream";

/**
 * Returns a function that closes a server: it takes no new connections, running requests get their answer, event
 * streams end, and connections that ask nothing end (Node's own `close` waits for those that never asked anything).
 */
export function closeGracefully(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  const busy = new Map<Socket, IncomingMessage>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    busy.set(socket, request);
    response.once("close", () => busy.delete(socket));
  });
  return () =>
    new Promise<void>((done) => {
      const until = Date.now() + patienceInMs;
      const tidying = setInterval(() => {
        const late = Date.now() > until;
        for (const socket of sockets) {
          const request = busy.get(socket);
          if (late || !request || isEndless(request)) socket.destroy();
        }
      }, 100);
      server.close(() => {
        clearInterval(tidying);
        done();
      });
    });
}
