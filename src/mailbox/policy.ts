import type { Config } from "../platform/config.ts";

/** The mailbox shows everybody's mail, so it is there only where mail goes nowhere else, never in production. */
export const hasMailbox = ({ mode, mail }: Pick<Config, "mode" | "mail">): boolean =>
  mode !== "production" && mail.transport.kind === "mailbox";

/** One of every mail, with made-up content: for who works on them. */
export const hasPreviews = ({ mode }: Pick<Config, "mode">): boolean => mode !== "production";
