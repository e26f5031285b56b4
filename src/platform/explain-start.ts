import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "./config.ts";
import { StartFault, saysDiskIsFull } from "./start-fault.ts";

type Failure = { code?: string; syscall?: string; path?: string; message?: string };

/** Why the program could not start and what to do, as a sentence; null for what is no operator's to mend. */
export function explainStart(error: unknown, config: Config): string | null {
  if (error instanceof StartFault) return error.message;
  const failure = error as Failure;
  return explainFile(failure, config) ?? explainDatabase(failure, config);
}

/** Of a server that does not get to listen on PORT and HOST. */
export function explainListening({ code = "", message }: Failure, { port, host }: Config["listen"]): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use: choose another PORT.`;
    case "EADDRNOTAVAIL":
      return `HOST ${host} is not an address of this machine.`;
    case "EACCES":
      return `Port ${port} is not for every user: choose a PORT of 1024 or higher.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
      return `HOST ${host} is no name that leads to an address: choose an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Archipel cannot listen on port ${port} of HOST ${host} (${code || message}).`;
  }
}

/** Of a file or folder (only those have a system call's name with a path). */
function explainFile({ code = "", path, message = "" }: Failure, { dataDir }: Config): string | null {
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100" || saysDiskIsFull(message))
    return `The disk is full${path ? ` (${path})` : ""}: make room and start again. Nothing that was saved is lost.`;
  if (path === undefined) return null;
  const what = existsSync(path) ? path : dirname(path); // what could not be made says less than where
  const asWhom = process.getuid ? `user ${process.getuid()}` : "this user";
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `DATA_DIR ${dataDir} must be ${asWhom}'s to read and write, and ${what} is not: give it to that user, as root, with chown -R.`;
    case "EROFS":
      return `DATA_DIR ${dataDir} must be a folder that can be written, and ${what} is on a disk that can only be read.`;
    case "ENOTDIR":
    case "EEXIST":
    case "ENOENT":
    case "EISDIR":
    case "ELOOP":
    case "ENAMETOOLONG":
      return `DATA_DIR ${dataDir} cannot be used as a folder (${code} at ${path}): choose another DATA_DIR.`;
    default:
      return null;
  }
}

const unreachable = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
];

/** Of the server that DATABASE_URL names. Never holds its password. */
function explainDatabase({ code = "", message = "" }: Failure, { database }: Config): string | null {
  if (database.kind !== "server") return null;
  const { host, username, pathname } = new URL(database.url);
  const [user, name] = [decodeURIComponent(username), decodeURIComponent(pathname.slice(1)) || username];
  const server = `The PostgreSQL server of DATABASE_URL (${host})`;
  if (unreachable.includes(code)) return `${server} cannot be reached.`;
  switch (code) {
    case "3D000": // invalid_catalog_name
      return `${server} has no database "${name}": make it, with encoding UTF8 and "${user}" as its owner, or name another one.`;
    case "28P01": // invalid_password
      return `${server} refuses the password of "${user}": mend it in DATABASE_URL (percent-encode what is no letter or digit).`;
    case "28000": // invalid_authorization_specification
      return `${server} does not let "${user}" in: the role is not there, or pg_hba.conf does not admit it from here.`;
    case "42501": // insufficient_privilege
      return `${server} does not let "${user}" make what it needs: the role must be the owner of database "${name}".`;
    case "53300": // too_many_connections
      return `${server} has no connections left: raise its max_connections, or stop others that use it.`;
    case "57P03": // cannot_connect_now
    case "57P01": // admin_shutdown
      return `${server} is just starting or stopping: start again in a moment.`;
    default:
      return /SASL|SCRAM|password must be a string|client password/i.test(message)
        ? `${server} asks for a password: put it into DATABASE_URL (postgres://user:password@host/database).`
        : explainConnection(code, message, server);
  }
}

function explainConnection(code: string, message: string, server: string): string | null {
  if (/CERT|SIGNATURE|SSL|TLS/i.test(code) || /does not support SSL|certificate/i.test(message))
    return `${server} and this program do not agree on encryption (${code || message}): see sslmode in DATABASE_URL.`;
  return /timeout|terminated/i.test(message) ? `${server} cannot be reached.` : null;
}
