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
  ["NODE_ENV", "staging", "NODE_ENV must be development, production or test"],
  ["METRICS_TOKEN", "short", "METRICS_TOKEN must have at least 16 characters"],
  ["LOG_LEVEL", "loud", "LOG_LEVEL must be debug, info, warn, error or silent"],
])("%s=%s: %s", (name, value, problem) => {
  expect(problems({ [name]: value })).toEqual([problem]);
});

test("a DKIM key that is not there is found before the first mail", () => {
  const dkim = { DKIM_DOMAIN: "a.example", DKIM_SELECTOR: "archipel", DKIM_KEY_FILE: "/nowhere/dkim.key" };
  expect(problems(dkim)).toEqual(["DKIM_KEY_FILE must be a file that can be read"]);
  expect(config({ ...dkim, DKIM_KEY_FILE: import.meta.filename }).mail.dkim?.selector).toBe("archipel");
});

test.each([
  ["BASE_URL", "http://movement.example", "BASE_URL must start with https:// in production"],
  ["SMTP_URL", "", "SMTP_URL is required in production: without it no mail would leave"],
  ["MAIL_FROM", "archipel@localhost", "MAIL_FROM must be an address of your own domain in production"],
])("production refuses %s=%s", (name, value, problem) => {
  expect(problems(safe)).toEqual([]);
  expect(problems({ ...safe, [name]: value })).toEqual([problem]);
});
