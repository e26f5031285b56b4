import { createServer } from "node:http";
import Provider from "oidc-provider";
import { onTestFinished } from "vitest";
import { oidcCallback } from "../../src/desk-paths.ts";

type Account = { email?: string; email_verified?: boolean; name?: string };

export type Accounts = Record<string, Account>;

/** What a program needs to know a provider that will be on this port of this machine. */
export const providerEnv = (port: number) => ({
  OIDC_ISSUER: `http://127.0.0.1:${port}`,
  OIDC_CLIENT_ID: "archipel",
  OIDC_CLIENT_SECRET: "a-secret-only-for-tests",
  OIDC_NAME: "Aanmelden bij Gemeente Zonnewende",
});

/** A real identity provider for `app`, with its own login page; whoever types "an" is the account "an". */
export async function startProvider(app: { origin: string }, port: number, accounts: Accounts) {
  const { OIDC_ISSUER: issuer } = providerEnv(port);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "archipel",
        client_secret: "a-secret-only-for-tests",
        redirect_uris: [app.origin + oidcCallback],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["only for tests"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }) as { sub: string },
    }),
    features: { devInteractions: { enabled: true } },
  });
  const server = createServer(provider.callback());
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const stop = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  onTestFinished(stop);
  return { stop, signIn: (url: string, who: string) => throughLogin(issuer, url, who) };
}

/** Goes through the provider's own pages as a browser does, and answers with where it sends one back to. */
async function throughLogin(issuer: string, start: string, who: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const ask = async (url: string, fields?: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return answer;
  };
  let answer = await ask(start);
  for (let steps = 0; steps < 12; steps++) {
    const next = answer.headers.get("location");
    if (next) {
      const url = new URL(next, issuer);
      if (url.origin !== issuer) return url;
      answer = await ask(url.href);
      continue;
    }
    const html = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
    if (!action || !prompt) throw new Error(`The provider answered ${answer.status}: ${html.slice(0, 400)}`);
    answer = await ask(new URL(action, issuer).href, { prompt, login: who, password: "any" });
  }
  throw new Error("The provider went round in circles");
}
