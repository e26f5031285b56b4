/** A mail server that takes every mail and keeps none; says how many it took. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

let taken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    stream.on("end", () => {
      taken++;
      done();
    });
    stream.resume();
  },
});
server.on("error", () => {}); // a connection that the other side broke
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.server.address() as AddressInfo).port }));
process.on("message", () => process.send?.({ taken }));
