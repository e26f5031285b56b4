import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { handler } from "altcha-lib/workers/shared";

/** Tries numbers until one solves the challenge (ALTCHA). */
handler({ deriveKey });
