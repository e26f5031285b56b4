import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { readUnsubscribeAddress, unsubscribeAddressOf } from "../newsletters/operations.ts";
import { parseConfig } from "../platform/config.ts";
import { createKeys } from "../platform/keys.ts";
import { messageIdOf, readFormerUnsubscribeAddress, readMessageId, readVerp, returnPathOf } from "./verp.ts";

function given(secret = "a secret of this installation only", bounceAddress = "Terug@example.org") {
  const parsed = parseConfig({ MAIL_FROM: "nieuws@example.org", BOUNCE_ADDRESS: bounceAddress });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  return { config: parsed.config, keys: createKeys(secret) };
}

const ctx = given();
const id = randomUUID();

test("what is made can be read, also in other case and with space around", () => {
  expect(readVerp(ctx, returnPathOf(ctx, id))).toBe(id);
  expect(readVerp(ctx, ` ${returnPathOf(ctx, id).toUpperCase()} `)).toBe(id);
  expect(readUnsubscribeAddress(ctx, unsubscribeAddressOf(ctx, id).toLowerCase())).toBe(id);
  expect(readMessageId(ctx, messageIdOf(ctx, id))).toBe(id);
  expect(readMessageId(ctx, messageIdOf(ctx, id).slice(1, -1).toUpperCase())).toBe(id);
});

test("the marks are lower-case, at the configured address, within what a local part may hold", () => {
  expect(returnPathOf(ctx, id)).toMatch(/^Terug\+[0-9a-f]{48}@example\.org$/);
  expect(unsubscribeAddressOf(ctx, id)).toMatch(/^Terug\+u[0-9a-f]{48}@example\.org$/);
  expect(messageIdOf(ctx, id)).toMatch(/^<[0-9a-f]{48}@example\.org>$/);
  const longest = given(undefined, "fourteen-chars@example.org");
  expect(unsubscribeAddressOf(longest, id).indexOf("@")).toBe(64);
});

test("none passes for another: who sees one cannot make the others", () => {
  const bounce = returnPathOf(ctx, id);
  const unsubscribe = unsubscribeAddressOf(ctx, id);
  expect(readVerp(ctx, unsubscribe)).toBeNull();
  expect(readVerp(ctx, unsubscribe.replace("+u", "+"))).toBeNull();
  expect(readFormerUnsubscribeAddress(ctx, unsubscribe)).toBeNull();
  expect(readUnsubscribeAddress(ctx, bounce)).toBeNull();
  expect(readUnsubscribeAddress(ctx, bounce.replace("+", "+u"))).toBeNull();
  expect(readMessageId(ctx, `<${bounce.slice(6, 54)}@example.org>`)).toBeNull();
});

test.each([
  ["another installation's", () => returnPathOf(given("another secret, of somebody else altogether"), id)],
  [
    "another delivery's id with this MAC",
    () => returnPathOf(ctx, id).replace(/\+.{32}/, `+${randomUUID().replaceAll("-", "")}`),
  ],
  ["one digit changed", () => returnPathOf(ctx, id).replace(/.@/, (end) => (end === "0@" ? "1@" : "0@"))],
  ["another domain", () => returnPathOf(ctx, id).replace("example.org", "example.com")],
  ["another base", () => returnPathOf(ctx, id).replace("Terug", "Retour")],
  ["cut off", () => returnPathOf(ctx, id).replace(/.@/, "@")],
  ["the plain address", () => "terug@example.org"],
  ["nothing", () => ""],
])("%s is none of ours", (_what, address) => {
  expect(readVerp(ctx, address())).toBeNull();
  expect(readUnsubscribeAddress(ctx, address())).toBeNull();
  expect(readFormerUnsubscribeAddress(ctx, address())).toBeNull();
  expect(readMessageId(ctx, address())).toBeNull();
});
