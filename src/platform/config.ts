import { accessSync, constants } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";

/** A folder of this machine, or a bucket that speaks S3; `endpoint` without a trailing slash. */
export type StorageConfig =
  | { kind: "directory"; dir: string }
  | {
      kind: "s3";
      endpoint: string;
      bucket: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

/** The environment, parsed once into choices (design, section 4). Only main.ts and the tests call this. */
export type Config = {
  mode: "development" | "production" | "test";
  listen: { port: number; host: string };
  /** Public address without a trailing slash; links in mail, canonical URLs. */
  baseUrl: string;
  secure: boolean;
  dataDir: string;
  database: { kind: "server"; url: string } | { kind: "embedded"; dir: string };
  mail: {
    transport: { kind: "smtp"; url: string } | { kind: "mailbox" };
    from: string;
    /** Where bounces and unsubscribes by mail come in; its local part gets "+" and a delivery's mark. */
    bounceAddress: string;
    /** The mailbox behind it. Holds the password. */
    imap: string | null;
    dkim: { domain: string; selector: string; keyFile: string } | null;
  };
  /** Mails per second in all and per provider domain, and connections to the mail server per process. */
  sending: { rate: number; ratePerDomain: number; connections: number };
  /** Where uploaded images are kept. */
  storage: StorageConfig;
  starter: "seeds" | "none";
  /** Number of reverse proxies whose X-Forwarded-For entries count. */
  trustProxy: number;
  secretKey: string | null;
  metricsToken: string | null;
  /** How many seconds the wall and its numbers may be behind; 0 reads them anew each time. */
  freshSeconds: number;
  /** Milliseconds that a statement of the web role may take in the database; 0: as long as it wants. */
  statementTimeout: number;
  /** The organisation's identity provider (OpenID Connect); `name` is the text of its button. */
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null;
  /** Roles that want a passkey or the organisation's account; a code by mail is not enough for them. */
  strongRoles: string[];
  logLevel: string;
};

export type ParsedConfig = { kind: "valid"; config: Config } | { kind: "invalid"; problems: string[] };

const defaultSender = "archipel@localhost";

const mailAddress = /^[^\s@<>]+@[^\s@<>]+$/;

const wholeNumber = (name: string, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `${name} must be a whole number`)
    .transform(Number)
    .refine((value) => !(value > max), `${name} must be at most ${max}`);

const countingNumber = (name: string, max: number) =>
  wholeNumber(name, max).refine((value) => value > 0, `${name} must be at least 1`);

const loopback = ["127.0.0.1", "localhost", "[::1]"];

const environment = z.object({
  PORT: wholeNumber("PORT", 65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: "BASE_URL must be an address such as https://example.org" })
    .refine((url) => {
      const parsed = URL.parse(url);
      return !parsed || parsed.href === `${parsed.origin}/`;
    }, "BASE_URL must be scheme and host alone, without a path")
    .optional(),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "DATABASE_URL must start with postgres://" })
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "SMTP_URL must start with smtp:// or smtps://" }).optional(),
  MAIL_FROM: z.string().default(defaultSender),
  BOUNCE_ADDRESS: z.string().optional(),
  IMAP_URL: z
    .url({ protocol: /^imaps?$/, error: "IMAP_URL must start with imaps:// or imap://" })
    .refine((url) => {
      const parsed = URL.parse(url);
      if (!parsed || !/^imaps?:$/.test(parsed.protocol)) return true;
      return parsed.hostname !== "" && parsed.username !== "" && parsed.password !== "";
    }, "IMAP_URL must hold a user and a password (imaps://user:password@host/mailbox)")
    .optional(),
  SEND_RATE: countingNumber("SEND_RATE", 100_000).default(50),
  SEND_RATE_DOMAIN: countingNumber("SEND_RATE_DOMAIN", 100_000).default(10),
  SMTP_CONNECTIONS: countingNumber("SMTP_CONNECTIONS", 100).default(4),
  STARTER: z.enum(["seeds", "none"], "STARTER must be seeds or none").default("seeds"),
  TRUST_PROXY: wholeNumber("TRUST_PROXY", 10).default(0),
  NODE_ENV: z
    .enum(["development", "production", "test"], "NODE_ENV must be development, production or test")
    .default("development"),
  SECRET_KEY: z.string().min(32, "SECRET_KEY must have at least 32 characters").optional(),
  FRESH_SECONDS: wholeNumber("FRESH_SECONDS", 9).default(5),
  STATEMENT_SECONDS: wholeNumber("STATEMENT_SECONDS", 3600).default(10),
  METRICS_TOKEN: z.string().min(16, "METRICS_TOKEN must have at least 16 characters").optional(),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "S3_ENDPOINT must be an address such as https://s3.example.org" })
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "S3_BUCKET must be the name of a bucket")
    .optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_KEY_FILE: z.string().optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: "OIDC_ISSUER must be an address such as https://login.example.org" })
    .refine((url) => {
      const parsed = URL.parse(url);
      return parsed?.protocol !== "http:" || loopback.includes(parsed.hostname);
    }, "OIDC_ISSUER must start with https:// (http only on this machine itself)")
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(80, "OIDC_NAME must have at most 80 characters").optional(),
  STRONG_SIGN_IN: z
    .string()
    .regex(
      /^(none|(owner|editor|moderator|lead|island-editor)(,(owner|editor|moderator|lead|island-editor))*)$/,
      "STRONG_SIGN_IN must be none, or roles with commas between them: owner,editor,moderator,lead,island-editor",
    )
    .optional(),
  LOG_LEVEL: z
    .enum(
      ["debug", "info", "warn", "error", "silent"],
      "LOG_LEVEL must be debug, info, warn, error or silent",
    )
    .default("info"),
});

type Environment = z.infer<typeof environment>;

/** Parses the environment. All problems come at once, each a sentence that names the variable. */
export function parseConfig(env: Record<string, string | undefined>): ParsedConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  const each = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path.join(".");
    return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}`;
  });
  const problems = [...each, ...problemsTogether(given)];
  return parsed.success && problems.length === 0
    ? { kind: "valid", config: choices(parsed.data) }
    : { kind: "invalid", problems };
}

/** What is wrong between settings; looked at even when one of them is wrong by itself. */
function problemsTogether(env: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const from = env.MAIL_FROM ?? defaultSender;
  if (!mailAddress.test(from)) problems.push("MAIL_FROM must be a mail address");
  problems.push(...bounceProblems(env.BOUNCE_ADDRESS, from));
  problems.push(...domainProblems(env, from));
  if (env.IMAP_URL && !env.BOUNCE_ADDRESS)
    problems.push(
      "IMAP_URL needs BOUNCE_ADDRESS, with a mailbox that is for nothing else: what is read there is deleted",
    );
  const dkim = [env.DKIM_DOMAIN, env.DKIM_SELECTOR, env.DKIM_KEY_FILE];
  if (dkim.some(Boolean) && !dkim.every(Boolean))
    problems.push("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE go together: set all three or none");
  if (env.DKIM_KEY_FILE && !canRead(env.DKIM_KEY_FILE))
    problems.push("DKIM_KEY_FILE must be a file that can be read");
  const s3 = s3Names.map((name) => env[name]);
  if (s3.some(Boolean) && !s3.every(Boolean))
    problems.push(
      `${s3Names.slice(0, -1).join(", ")} and ${s3Names.at(-1)} go together: set all five or none`,
    );
  const oidc = oidcNames.map((name) => env[name]);
  if (oidc.some(Boolean) && !oidc.every(Boolean))
    problems.push(
      `${oidcNames.slice(0, -1).join(", ")} and ${oidcNames.at(-1)} go together: set all four or none`,
    );
  if (env.NODE_ENV !== "production") return problems;
  if (!env.BASE_URL?.startsWith("https://")) problems.push("BASE_URL must start with https:// in production");
  if (!env.SMTP_URL) problems.push("SMTP_URL is required in production: without it no mail would leave");
  if (from.endsWith("@localhost"))
    problems.push("MAIL_FROM must be an address of your own domain in production");
  return problems;
}

const oidcNames = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"] as const;

const s3Names = ["S3_ENDPOINT", "S3_BUCKET", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY"] as const;

/** A local part has 64 characters (RFC 5321, section 4.5.3.1.1), and a delivery's mark needs 50 of them. */
const bounceLocalPart = 14;

function bounceProblems(address: string | undefined, from: string): string[] {
  if (address !== undefined && !mailAddress.test(address)) return ["BOUNCE_ADDRESS must be a mail address"];
  const used = address ?? from;
  if (used.lastIndexOf("@") <= bounceLocalPart) return [];
  const why = address === undefined ? ": set it, since that of MAIL_FROM is longer" : "";
  return [`BOUNCE_ADDRESS must have at most ${bounceLocalPart} characters before the @${why}`];
}

/**
 * One domain for From, return path and signature: with DMARC's strict alignment (RFC 7489, section 3.1) another one passes
 * for nothing. The default sender, at localhost, has none.
 */
function domainProblems(env: Record<string, string | undefined>, from: string): string[] {
  const domain = domainOf(from).toLowerCase();
  if (domain === "localhost" || !mailAddress.test(from)) return [];
  const { BOUNCE_ADDRESS: bounce, DKIM_DOMAIN: dkim } = env;
  const differs = (other: string) => other.toLowerCase() !== domain;
  return [
    ...(bounce && mailAddress.test(bounce) && differs(domainOf(bounce)) ? ["BOUNCE_ADDRESS must be at"] : []),
    ...(dkim && differs(dkim) ? ["DKIM_DOMAIN must be"] : []),
  ].map((problem) => `${problem} the domain of MAIL_FROM: ${domain}`);
}

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function choices(env: Environment): Config {
  const dataDir = isAbsolute(env.DATA_DIR) ? env.DATA_DIR : resolve(env.DATA_DIR);
  const baseUrl = (env.BASE_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, "");
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = env;
  return {
    mode: env.NODE_ENV,
    listen: { port: env.PORT, host: env.HOST },
    baseUrl,
    secure: baseUrl.startsWith("https:"),
    dataDir,
    database: env.DATABASE_URL
      ? { kind: "server", url: env.DATABASE_URL }
      : { kind: "embedded", dir: dataDir },
    mail: {
      transport: env.SMTP_URL ? { kind: "smtp", url: env.SMTP_URL } : { kind: "mailbox" },
      from: env.MAIL_FROM,
      bounceAddress: env.BOUNCE_ADDRESS ?? env.MAIL_FROM,
      imap: env.IMAP_URL ?? null,
      dkim: domain && selector && keyFile ? { domain, selector, keyFile } : null,
    },
    sending: {
      rate: env.SEND_RATE,
      ratePerDomain: env.SEND_RATE_DOMAIN,
      connections: env.SMTP_CONNECTIONS,
    },
    storage: storageIn(env, dataDir),
    starter: env.STARTER,
    trustProxy: env.TRUST_PROXY,
    secretKey: env.SECRET_KEY ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
    freshSeconds: env.FRESH_SECONDS,
    statementTimeout: env.STATEMENT_SECONDS * 1000,
    oidc: oidcIn(env),
    strongRoles: (env.STRONG_SIGN_IN ?? (env.NODE_ENV === "production" ? "owner" : "none"))
      .split(",")
      .filter((role) => role !== "none"),
    logLevel: env.LOG_LEVEL,
  };
}

function oidcIn(env: Environment): Config["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  const { OIDC_NAME: name } = env;
  return issuer && clientId && clientSecret && name ? { issuer, clientId, clientSecret, name } : null;
}

function storageIn(env: Environment, dataDir: string): StorageConfig {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY } = env;
  return S3_ENDPOINT && S3_BUCKET && S3_REGION && S3_ACCESS_KEY && S3_SECRET_KEY
    ? {
        kind: "s3",
        endpoint: S3_ENDPOINT.replace(/\/+$/, ""),
        bucket: S3_BUCKET,
        region: S3_REGION,
        accessKeyId: S3_ACCESS_KEY,
        secretAccessKey: S3_SECRET_KEY,
      }
    : { kind: "directory", dir: join(dataDir, "media") };
}
