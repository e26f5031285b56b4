import { expect, test } from "vitest";
import { severityOf, statusIn } from "./severity.ts";

test.each([
  ["5.1.0", "soft"],
  ["550 5.1.0", "soft"],
  ["5.1.1", "hard"],
  ["550 5.1.1", "hard"],
  ["5.1.2", "hard"],
  ["5.1.10", "hard"],
  ["5.2.1", "hard"],
  ["5.4.4", "hard"],
  ["5.7.17", "hard"],
  ["5.2.2", "soft"],
  ["552 5.2.2", "soft"],
  ["4.2.2", "soft"],
  ["4.1.1", "soft"],
  ["5.4.1", "soft"],
  ["5.3.0", "soft"],
  ["550", "soft"],
  ["451", "soft"],
  ["", "soft"],
  ["5.7.1", "ours"],
  ["4.7.0", "ours"],
  ["5.1.8", "ours"],
  ["450 4.1.8", "ours"],
  ["5.2.3", "ours"],
  ["5.6.1", "ours"],
  ["554", "ours"],
])("%s is %s", (code, severity) => {
  expect(severityOf(code)).toBe(severity);
});

test("a status is no part of a number, an IP address or a version", () => {
  expect(statusIn("550 5.1.1 <x> unknown")).toBe("5.1.1");
  expect(statusIn("sorry (#5.1.1)")).toBe("5.1.1");
  expect(statusIn("it ended with 5.1.1.")).toBe("5.1.1");
  for (const none of ["host 5.1.1.20", "15.1.1", "Postfix 3.5.9", "1.5.1.1", ""])
    expect(statusIn(none)).toBeNull();
});
