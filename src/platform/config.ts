import { accessSync, constants } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

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
    dkim: { domain: string; selector: string; keyFile: string } | null;
  };
  starter: "seeds" | "none";
  /** Number of reverse proxies whose X-Forwarded-For entries count. */
  trustProxy: number;
  secretKey: string | null;
  metricsToken: string | null;
  /** How many seconds the wall and its numbers may be behind; 0 reads them anew each time. */
  freshSeconds: number;
  logLevel: string;
};

export type ParsedConfig = { kind: "valid"; config: Config } | { kind: "invalid"; problems: string[] };

const defaultSender = "archipel@localhost";

const wholeNumber = (name: string, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `${name} must be a whole number`)
    .transform(Number)
    .refine((value) => !(value > max), `${name} must be at most ${max}`);

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
  STARTER: z.enum(["seeds", "none"], "STARTER must be seeds or none").default("seeds"),
  TRUST_PROXY: wholeNumber("TRUST_PROXY", 10).default(0),
  NODE_ENV: z
    .enum(["development", "production", "test"], "NODE_ENV must be development, production or test")
    .default("development"),
  SECRET_KEY: z.string().min(32, "SECRET_KEY must have at least 32 characters").optional(),
  FRESH_SECONDS: wholeNumber("FRESH_SECONDS", 9).default(5),
  METRICS_TOKEN: z.string().min(16, "METRICS_TOKEN must have at least 16 characters").optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_KEY_FILE: z.string().optional(),
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
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from)) problems.push("MAIL_FROM must be a mail address");
  const dkim = [env.DKIM_DOMAIN, env.DKIM_SELECTOR, env.DKIM_KEY_FILE];
  if (dkim.some(Boolean) && !dkim.every(Boolean))
    problems.push("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE go together: set all three or none");
  if (env.DKIM_KEY_FILE && !canRead(env.DKIM_KEY_FILE))
    problems.push("DKIM_KEY_FILE must be a file that can be read");
  if (env.NODE_ENV !== "production") return problems;
  if (!env.BASE_URL?.startsWith("https://")) problems.push("BASE_URL must start with https:// in production");
  if (!env.SMTP_URL) problems.push("SMTP_URL is required in production: without it no mail would leave");
  if (from.endsWith("@localhost"))
    problems.push("MAIL_FROM must be an address of your own domain in production");
  return problems;
}

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
      dkim: domain && selector && keyFile ? { domain, selector, keyFile } : null,
    },
    starter: env.STARTER,
    trustProxy: env.TRUST_PROXY,
    secretKey: env.SECRET_KEY ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
    freshSeconds: env.FRESH_SECONDS,
    logLevel: env.LOG_LEVEL,
  };
}
