/** The post office alone, without a database, in a process of its own. */
import { prepareLetter, slot } from "../../src/platform/mass-mail/letter.ts";
import { createPostOffice } from "../../src/platform/mass-mail/post-office.ts";
import * as content from "./content.ts";
import { answerRuns, type Run } from "./runs.ts";

answerRuns(async ({ url, connections, count, keyFile }: Run) => {
  const dkim = keyFile ? { domain: content.dkimDomain, selector: content.dkimSelector, keyFile } : null;
  const office = createPostOffice({ url, connections, dkim });
  const letter = prepareLetter({
    from: content.from,
    fromName: content.fromName,
    subject: content.subject,
    html: content.htmlWith(slot),
    text: content.textWith(slot),
    headers: content.headersWith(slot),
  });
  const send = async (number: number) => {
    const outcome = await office.send(letter, {
      to: `lezer-${number}@example.org`,
      messageId: `<${number}@archipel.example>`,
      returnPath: `post+${number}@archipel.example`,
      date: new Date(),
      slots: content.valuesOf(number),
    });
    if (outcome.kind !== "sent") throw new Error(`Not sent: ${outcome.kind} ${outcome.code}`);
  };
  return { count, send, close: office.close, connections };
});
