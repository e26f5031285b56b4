import { expect, test } from "vitest";
import { MailDeferred, MailRefused, mailError } from "../mail-errors.ts";
import { codeOf } from "../mass-mail/outcome.ts";
import { refusesSender } from "./sender-refused.ts";

test.each([
  "550 5.1.0 <post@archipel.example> sender rejected",
  "553 5.1.8 <post@archipel.example>... Domain of sender address post@archipel.example does not exist",
  "550 <post@archipel.example>: Sender address rejected: Domain not found",
  "550 Sender verify failed",
  "550 Could not be delivered: the sender could not be verified",
  "550 Invalid sender",
  "host mx.example said: 550 5.1.1 unknown user (in reply to MAIL FROM command)",
  "550 Afzenderadres geweigerd",
])("%s: is about the sender", (words) => {
  expect(refusesSender(words)).toBe(true);
});

test.each([
  "550 5.1.1 <jan@gemeente.example>: Recipient address rejected: User unknown",
  "Undelivered Mail Returned to Sender: the user is unknown",
  "550 5.1.1 <sender@gemeente.example> unknown user",
  "Return to your sender: address not found",
  "Beste afzender, het adres jan@gemeente.example is onbekend",
  "Wij sturen dit terug aan de afzender: het adres is onbekend",
  "550 5.1.1 No such user. Ask the sender for another address.",
])("%s: is about the recipient", (words) => {
  expect(refusesSender(words)).toBe(false);
});

test("a server that does not want our sender, and gives it the code of an unknown user, refuses nobody's address", () => {
  expect(codeOf("550 5.1.1 Sender verify failed: unknown user")).toBe("550 5.1.8");
  expect(codeOf("550 Sender address rejected: Domain not found")).toBe("550 5.1.8");
  expect(codeOf("450 4.1.8 Sender address rejected: Domain not found")).toBe("450 4.1.8");
  expect(codeOf("550 5.1.1 <sender@gemeente.example> unknown user")).toBe("550 5.1.1");
  const said = (response: string) => mailError({ command: "RCPT TO", responseCode: 550, response });
  expect(said("550 5.1.1 Sender verify failed: unknown user")).toBeInstanceOf(MailDeferred);
  expect(said("550 5.1.1 unknown user")).toBeInstanceOf(MailRefused);
});
