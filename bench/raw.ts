/** The raw limit: a bare Hono server that returns the bytes it was given, with the headers it was given. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

export type RawAnswer = {
  method: "GET" | "POST";
  path: string;
  status: 200 | 303;
  headers: Record<string, string>;
  /** Base64. */
  body: string;
};

let app = new Hono();

process.on("message", ({ method, path, status, headers, body }: RawAnswer) => {
  app = new Hono();
  const bytes = Buffer.from(body, "base64");
  app.on(method, path, async (c) => {
    if (method === "POST") await c.req.text();
    return c.body(bytes, status, headers);
  });
  process.send?.({ ready: true });
});

const server = serve({ fetch: (request) => app.fetch(request), port: 0, hostname: "127.0.0.1" }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
