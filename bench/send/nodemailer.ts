/** Nodemailer's pool alone, in a process of its own: composes, signs and sends each mail by itself. */
import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import { signedHeaders } from "../../src/platform/mass-mail/dkim.ts";
import * as content from "./content.ts";
import { answerRuns, type Run } from "./runs.ts";

answerRuns(async ({ url, connections, count, keyFile }: Run) => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    ...(keyFile && {
      dkim: {
        domainName: content.dkimDomain,
        keySelector: content.dkimSelector,
        privateKey: readFileSync(keyFile, "utf8"),
        headerFieldNames: signedHeaders,
      },
    }),
  });
  const send = (number: number) => {
    const values = content.valuesOf(number);
    const place = (name: keyof typeof values) => values[name];
    return transport.sendMail({
      from: { name: content.fromName, address: content.from },
      to: { name: "", address: `lezer-${number}@example.org` },
      envelope: { from: `post+${number}@archipel.example`, to: [`lezer-${number}@example.org`] },
      messageId: `<${number}@archipel.example>`,
      subject: content.subject,
      html: content.htmlWith(place),
      text: content.textWith(place),
      headers: content.headersWith(place),
    });
  };
  return { count, send, close: async () => transport.close(), connections };
});
