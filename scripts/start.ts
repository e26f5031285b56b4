/**
 * `npm start`: builds what is out of date, then becomes the program. One process, so that a signal to npm reaches
 * the program itself, and arguments (`npm start -- --only web`) stay where they are.
 */
import "./build-if-needed.ts";

// The built file is not there yet when this one is read, so its name is put together here.
const program = new URL("../dist/server/main.js", import.meta.url);
await import(program.href);
