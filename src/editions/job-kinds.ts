import { z } from "zod";
import { languages } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";

/** A mail to who asked for it, to see an edition as it will arrive; one for each language, with the same `number`. */
export const sendTest = defineJobKind({
  name: "editions.test",
  data: z.object({ editionId: z.uuid(), personId: z.uuid(), number: z.uuid(), language: z.enum(languages) }),
});
