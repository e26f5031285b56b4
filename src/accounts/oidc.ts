import { randomBytes } from "node:crypto";
import * as oidc from "openid-client";
import { oidcCallback } from "../desk-paths.ts";
import type { Config } from "../platform/config.ts";
import type { Ctx } from "../platform/context.ts";
import { personName } from "../platform/fields.ts";
import type { Limit } from "../platform/limits.ts";

/** The organisation's identity provider (OpenID Connect Core 1.0): the code flow with PKCE, state and nonce. */

type Provider = NonNullable<Config["oidc"]>;

/** What providers said of themselves, asked at first use; one that could not be reached is asked anew. */
const discovered = new WeakMap<Provider, Promise<oidc.Configuration>>();

/** Seconds that a provider gets to answer. */
const patience = 10;

/** A provider on this very machine may do without https: for development and tests. */
const isLoopback = (issuer: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(issuer).hostname);

function configurationOf(provider: Provider): Promise<oidc.Configuration> {
  const known = discovered.get(provider);
  if (known) return known;
  const { issuer, clientId, clientSecret } = provider;
  const asking = oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: patience,
    execute: isLoopback(issuer) ? [oidc.allowInsecureRequests] : [],
  });
  discovered.set(provider, asking);
  asking.catch(() => discovered.delete(provider));
  return asking;
}

/**
 * What belongs to one attempt to sign in: all derived from a secret that only this browser's cookie holds, so that an
 * answer that was meant for another browser means nothing here (session fixation).
 */
function attemptOf({ keys }: Ctx, secret: string) {
  return {
    expectedState: keys.hash("oidc-state", secret),
    expectedNonce: keys.hash("oidc-nonce", secret),
    pkceCodeVerifier: keys.hash("oidc-verifier-1", secret) + keys.hash("oidc-verifier-2", secret),
  };
}

export type OidcStart = { kind: "elsewhere"; url: string; secret: string } | { kind: "down" };

/** Where the provider signs somebody in, and the secret for the cookie of the browser that goes there. */
export async function startOidc(ctx: Ctx, provider: Provider): Promise<OidcStart> {
  const configuration = await configurationOf(provider).catch((error: unknown) => down(ctx, error));
  if (!configuration) return { kind: "down" };
  const secret = randomBytes(32).toString("base64url");
  const { expectedState, expectedNonce, pkceCodeVerifier } = attemptOf(ctx, secret);
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: ctx.config.baseUrl + oidcCallback,
    scope: "openid email profile",
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  return { kind: "elsewhere", url: url.href, secret };
}

/** Who somebody is, as the provider says. `email`: lower-case, and only when the provider vouches for it. */
export type Identity = { issuer: string; subject: string; email: string | null; name: string | null };

/** What it may say; of a provider of the organisation's choice nothing is taken for granted. */
type Claims = { sub?: unknown; email?: unknown; email_verified?: unknown; name?: unknown };

export type OidcAnswer =
  | { kind: "identified"; identity: Identity }
  | { kind: "down" }
  /** The person, or the provider, said no. */
  | { kind: "denied" }
  /** Not an answer to what this browser asked, or too late, or a second time. */
  | { kind: "refused" };

/** An attempt counts once, whatever comes of it. */
const onlyOnce: Limit = { name: "oidc-used", points: 1, seconds: 3600 };

/** Reads the answer with which the provider sent somebody back. */
export async function finishOidc(
  ctx: Ctx,
  provider: Provider,
  answer: { search: string; secret: string },
): Promise<OidcAnswer> {
  const { within } = await ctx.limits.take(onlyOnce, ctx.keys.hash("oidc-used", answer.secret));
  if (!within) return { kind: "refused" };
  try {
    const configuration = await configurationOf(provider);
    const here = new URL(ctx.config.baseUrl + oidcCallback + answer.search);
    const expected = { ...attemptOf(ctx, answer.secret), idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(configuration, here, expected);
    const claims = tokens.claims();
    if (!claims) return { kind: "refused" };
    const more = claims.email ? {} : await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    const said: Claims = { ...claims, ...more };
    const { email, email_verified, name } = said;
    const identity = {
      issuer: claims.iss,
      subject: claims.sub,
      email: email_verified === true && typeof email === "string" ? email.trim().toLowerCase() : null,
      // A provider lets people call themselves what they like.
      name: personName.safeParse(name).data ?? null,
    };
    return { kind: "identified", identity };
  } catch (error) {
    return failureOf(ctx, error);
  }
}

function failureOf(ctx: Ctx, error: unknown): OidcAnswer {
  if (error instanceof oidc.AuthorizationResponseError) return { kind: "denied" };
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (code === "OAUTH_TIMEOUT" || error instanceof TypeError) {
    down(ctx, error);
    return { kind: "down" };
  }
  ctx.log.warn({ code, reason: `${name}: ${message}` }, "answer of the identity provider refused");
  return { kind: "refused" };
}

function down(ctx: Ctx, error: unknown): null {
  ctx.log.warn({ reason: String(error) }, "identity provider cannot be reached");
  return null;
}
