import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

const problems = (env: Record<string, string>) => {
  const parsed = parseConfig(env);
  return parsed.kind === "invalid" ? parsed.problems : [];
};
const config = (env: Record<string, string>) => {
  const parsed = parseConfig(env);
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  return parsed.config;
};

const safe = {
  NODE_ENV: "production",
  BASE_URL: "https://movement.example",
  SMTP_URL: "smtps://mail.example",
  MAIL_FROM: "post@movement.example",
};

test("nothing set: everything has a default, for this machine alone", () => {
  expect(config({})).toMatchObject({
    mode: "development",
    listen: { port: 3000, host: "127.0.0.1" },
    baseUrl: "http://localhost:3000",
    secure: false,
    database: { kind: "embedded" },
    mail: { transport: { kind: "mailbox" }, from: "archipel@localhost", dkim: null },
    starter: "seeds",
    trustProxy: 0,
  });
});

test("an empty value counts as absent", () => {
  expect(config({ PORT: "", DATABASE_URL: "", SMTP_URL: "" })).toEqual(config({}));
});

test("choices follow from what is set", () => {
  expect(config({ ...safe, DATABASE_URL: "postgres://db/archipel" })).toMatchObject({
    mode: "production",
    baseUrl: "https://movement.example",
    secure: true,
    database: { kind: "server", url: "postgres://db/archipel" },
    mail: { transport: { kind: "smtp", url: "smtps://mail.example" } },
  });
  expect(config({ BASE_URL: "http://localhost:8080/", PORT: "8080" }).baseUrl).toBe("http://localhost:8080");
});

test("all problems come at once, of each setting and between settings", () => {
  const found = problems({
    NODE_ENV: "production",
    PORT: "many",
    STARTER: "some",
    SECRET_KEY: "short",
    DKIM_DOMAIN: "example.org",
  });
  expect(found).toEqual([
    "PORT must be a whole number",
    "STARTER must be seeds or none",
    "SECRET_KEY must have at least 32 characters",
    "DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE go together: set all three or none",
    "BASE_URL must start with https:// in production",
    "SMTP_URL is required in production: without it no mail would leave",
    "MAIL_FROM must be an address of your own domain in production",
  ]);
});

test.each([
  ["PORT", "70000", "PORT must be at most 65535"],
  ["PORT", "-1", "PORT must be a whole number"],
  ["PORT", "80.5", "PORT must be a whole number"],
  ["TRUST_PROXY", "yes", "TRUST_PROXY must be a whole number"],
  ["BASE_URL", "movement.example", "BASE_URL must be an address such as https://example.org"],
  ["BASE_URL", "https://movement.example/site", "BASE_URL must be scheme and host alone, without a path"],
  ["BASE_URL", "https://movement.example/?a=b", "BASE_URL must be scheme and host alone, without a path"],
  ["DATABASE_URL", "mysql://db", "DATABASE_URL must start with postgres://"],
  ["SMTP_URL", "mail.example", "SMTP_URL must start with smtp:// or smtps://"],
  ["MAIL_FROM", "nobody", "MAIL_FROM must be a mail address"],
  ["BOUNCE_ADDRESS", "nobody", "BOUNCE_ADDRESS must be a mail address"],
  [
    "BOUNCE_ADDRESS",
    "fifteen-letters@movement.example",
    "BOUNCE_ADDRESS must have at most 14 characters before the @",
  ],
  [
    "MAIL_FROM",
    "our-whole-newsletter@movement.example",
    "BOUNCE_ADDRESS must have at most 14 characters before the @: set it, since that of MAIL_FROM is longer",
  ],
  ["SEND_RATE", "0", "SEND_RATE must be at least 1"],
  ["SEND_RATE", "100001", "SEND_RATE must be at most 100000"],
  ["SEND_RATE_DOMAIN", "fast", "SEND_RATE_DOMAIN must be a whole number"],
  ["SMTP_CONNECTIONS", "101", "SMTP_CONNECTIONS must be at most 100"],
  ["NODE_ENV", "staging", "NODE_ENV must be development, production or test"],
  ["METRICS_TOKEN", "short", "METRICS_TOKEN must have at least 16 characters"],
  ["LOG_LEVEL", "loud", "LOG_LEVEL must be debug, info, warn, error or silent"],
])("%s=%s: %s", (name, value, problem) => {
  expect(problems({ [name]: value })).toEqual([problem]);
});

test("bounces come back to the sender, or to an address of their own with its mailbox", () => {
  const { mail } = config({ MAIL_FROM: "post@movement.example" });
  expect(mail).toMatchObject({ bounceAddress: "post@movement.example", imap: null });
  const imap = "imaps://terug%40movement.example:p%40ss@mail.example/INBOX/Bounces";
  const own = config({
    MAIL_FROM: "a-long-name-of-ours@movement.example",
    BOUNCE_ADDRESS: "t@movement.example",
    IMAP_URL: imap,
  });
  expect(own.mail).toMatchObject({ bounceAddress: "t@movement.example", imap });
});

test("a mailbox is read only when it is said to be for nothing else, since what is read there is deleted", () => {
  const imap = { MAIL_FROM: "post@movement.example", IMAP_URL: "imaps://post:secret@mail.example/INBOX" };
  expect(problems(imap)).toEqual([
    "IMAP_URL needs BOUNCE_ADDRESS, with a mailbox that is for nothing else: what is read there is deleted",
  ]);
  const own = { ...imap, BOUNCE_ADDRESS: "terug@movement.example" };
  expect(problems(own)).toEqual([]);
  expect(problems({ ...own, IMAP_URL: "https://mail.example" })).toEqual([
    "IMAP_URL must start with imaps:// or imap://",
  ]);
  expect(problems({ ...own, IMAP_URL: "imaps://mail.example/INBOX" })).toEqual([
    "IMAP_URL must hold a user and a password (imaps://user:password@host/mailbox)",
  ]);
});

test("sender, return path and signature share one domain, or strict DMARC refuses the mail", () => {
  const mail = {
    MAIL_FROM: "post@movement.example",
    DKIM_SELECTOR: "a",
    DKIM_KEY_FILE: import.meta.filename,
  };
  const same = { ...mail, BOUNCE_ADDRESS: "terug@Movement.example", DKIM_DOMAIN: "movement.EXAMPLE" };
  expect(problems(same)).toEqual([]);
  const below = { ...mail, BOUNCE_ADDRESS: "terug@post.movement.example", DKIM_DOMAIN: "other.example" };
  expect(problems(below)).toEqual([
    "BOUNCE_ADDRESS must be at the domain of MAIL_FROM: movement.example",
    "DKIM_DOMAIN must be the domain of MAIL_FROM: movement.example",
  ]);
});

test("newsletters go at a modest pace unless told otherwise", () => {
  expect(config({}).sending).toEqual({ rate: 50, ratePerDomain: 10, connections: 4 });
  const faster = { SEND_RATE: "2000", SEND_RATE_DOMAIN: "300", SMTP_CONNECTIONS: "16" };
  expect(config(faster).sending).toEqual({ rate: 2000, ratePerDomain: 300, connections: 16 });
});

test("a DKIM key that is not there is found before the first mail", () => {
  const dkim = { DKIM_DOMAIN: "a.example", DKIM_SELECTOR: "archipel", DKIM_KEY_FILE: "/nowhere/dkim.key" };
  expect(problems(dkim)).toEqual(["DKIM_KEY_FILE must be a file that can be read"]);
  expect(config({ ...dkim, DKIM_KEY_FILE: import.meta.filename }).mail.dkim?.selector).toBe("archipel");
});

test("images go to a bucket when all of it is set, else to DATA_DIR/media", () => {
  const s3 = {
    S3_ENDPOINT: "https://s3.example.org/",
    S3_BUCKET: "beelden",
    S3_REGION: "nl-ams",
    S3_ACCESS_KEY: "key",
    S3_SECRET_KEY: "secret",
  };
  expect(config({ DATA_DIR: "/data" }).storage).toEqual({ kind: "directory", dir: "/data/media" });
  expect(config(s3).storage).toEqual({
    kind: "s3",
    endpoint: "https://s3.example.org",
    bucket: "beelden",
    region: "nl-ams",
    accessKeyId: "key",
    secretAccessKey: "secret",
  });
  for (const name of Object.keys(s3))
    expect(problems({ ...s3, [name]: "" })).toEqual([
      "S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY and S3_SECRET_KEY go together: set all five or none",
    ]);
  expect(problems({ ...s3, S3_ENDPOINT: "s3.example.org", S3_BUCKET: "../x" })).toEqual([
    "S3_ENDPOINT must be an address such as https://s3.example.org",
    "S3_BUCKET must be the name of a bucket",
  ]);
});

test("an identity provider is set as a whole, and spoken to over https but on this machine", () => {
  const oidc = {
    OIDC_ISSUER: "https://login.example.org",
    OIDC_CLIENT_ID: "archipel",
    OIDC_CLIENT_SECRET: "secret",
    OIDC_NAME: "Gemeente Zonnewende",
  };
  expect(config({}).oidc).toBeNull();
  expect(config(oidc).oidc?.name).toBe("Gemeente Zonnewende");
  for (const name of Object.keys(oidc))
    expect(problems({ ...oidc, [name]: "" })).toEqual([
      "OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME go together: set all four or none",
    ]);
  expect(config({ ...oidc, OIDC_ISSUER: "http://127.0.0.1:4000" }).oidc?.issuer).toBe(
    "http://127.0.0.1:4000",
  );
  expect(problems({ ...oidc, OIDC_ISSUER: "http://login.example.org" })).toEqual([
    "OIDC_ISSUER must start with https:// (http only on this machine itself)",
  ]);
});

test("a firm way in is asked of owners in production, and of whom one says", () => {
  expect(config({}).strongRoles).toEqual([]);
  expect(config(safe).strongRoles).toEqual(["owner"]);
  expect(config({ ...safe, STRONG_SIGN_IN: "none" }).strongRoles).toEqual([]);
  expect(config({ STRONG_SIGN_IN: "owner,lead" }).strongRoles).toEqual(["owner", "lead"]);
  expect(problems({ STRONG_SIGN_IN: "boss" })).toHaveLength(1);
});

test.each([
  ["BASE_URL", "http://movement.example", "BASE_URL must start with https:// in production"],
  ["SMTP_URL", "", "SMTP_URL is required in production: without it no mail would leave"],
  ["MAIL_FROM", "archipel@localhost", "MAIL_FROM must be an address of your own domain in production"],
])("production refuses %s=%s", (name, value, problem) => {
  expect(problems(safe)).toEqual([]);
  expect(problems({ ...safe, [name]: value })).toEqual([problem]);
});
