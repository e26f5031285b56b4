import { z } from "zod";
import { defineJobKind } from "../platform/jobs.ts";

/** Makes the sizes of an image that are not there yet. */
export const makeSizes = defineJobKind({ name: "media.make-sizes", data: z.object({ id: z.uuid() }) });

/** Removes the files of images that are gone, and uploads that were broken off. */
export const tidyMedia = defineJobKind({ name: "media.tidy", data: z.object({}) });
