import { expect, test } from "vitest";
import { createRepeatedErrorLog, loggableError } from "./log.ts";

test("an error in the log says what and where, without what a person typed", () => {
  const error = Object.assign(new Error("550 <jan@example.org>: no such user"), {
    code: "EENVELOPE",
    detail: "Key (email)=(jan@example.org) already exists.",
    rejected: ["jan@example.org"],
    cause: new Error("refused piet@example.org"),
  });
  const logged = loggableError(error);
  expect(logged).toMatchObject({
    type: "Error",
    code: "EENVELOPE",
    message: "550 <[address]>: no such user",
    cause: { message: "refused [address]" },
  });
  expect(logged.stack).toContain("log.test.ts");
  expect(JSON.stringify(logged)).not.toContain("example.org");
});

test("a package's name is no address", () => {
  expect(loggableError("no file node_modules/@fontsource/x.woff2")).toEqual({
    message: "no file node_modules/@fontsource/x.woff2",
  });
});

test("what is thrown and is no error is logged as its text", () => {
  expect(loggableError("nobody at jan@example.org")).toEqual({ message: "nobody at [address]" });
});

test("what a library passes on in the shape of an error is logged as one", () => {
  const passedOn = {
    code: "57P03",
    message: "starting up for jan@example.org",
    stack: "error: at x",
    queue: "q",
  };
  expect(loggableError(passedOn)).toEqual({
    code: "57P03",
    message: "starting up for [address]",
    stack: "error: at x",
  });
  expect(loggableError({ queue: "q" })).toEqual({ message: "no message (queue)" });
});

test("the same failure of all queues is told once, another one as well", () => {
  const told: unknown[] = [];
  const log = createRepeatedErrorLog({ error: (event: unknown) => told.push(event) } as never, "job queue");
  for (const queue of ["a", "b", "c"])
    log({ code: "57P03", message: `starting up (Queue: ${queue}, Worker: 1)` });
  log(new Error("something else"));
  expect(told).toHaveLength(2);
});
