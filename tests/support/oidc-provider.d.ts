declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Claims = Record<string, string | boolean>;
  /** What our tests use of it. */
  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        clients: { client_id: string; client_secret: string; redirect_uris: string[] }[];
        claims: Record<string, string[]>;
        cookies: { keys: string[] };
        findAccount: (
          context: unknown,
          id: string,
        ) => { accountId: string; claims: () => Promise<Claims & { sub: string }> };
        features: { devInteractions: { enabled: boolean } };
      },
    );
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
