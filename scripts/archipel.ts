/** `npm run archipel -- <command>`: builds what is out of date, then runs the command in this process. */
import "./build-if-needed.ts";

// The built file is not there yet when this one is read, so its name is put together here.
const program = new URL("../dist/server/cli.js", import.meta.url);
await import(program.href);
