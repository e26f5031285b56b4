import { expect, test } from "vitest";
import { csvLines, harmless } from "./csv.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["+31 6 12345678", "'+31 6 12345678"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", "'\r=1"],
  ["  =1", "'  =1"],
  ['"=1', "'\"=1"],
  [";=1", "';=1"],
  ["＝1", "'＝1"],
])("a formula gets an apostrophe: %j", (text, expected) => {
  expect(harmless(text)).toBe(expected);
});

test.each(["-12", "-3,5", "zoe@example.org", "a=b", "O'Brien", "", "12+3"])("harmless stays: %j", (text) => {
  expect(harmless(text)).toBe(text);
});

test("cells are quoted, quotes doubled, lines ended by CRLF (RFC 4180)", () => {
  expect(
    csvLines(
      [
        ['a"b', "c\nd"],
        ["", "x;y"],
      ],
      ";",
    ),
  ).toBe('"a""b";"c\nd"\r\n"";"x;y"\r\n');
});
