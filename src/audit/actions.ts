/** Every act that is noted, by feature. Each has its words in audit.json. */
export const auditActions = {
  accounts: [
    "first-owner",
    "make-owner",
    "change-address",
    "add-passkey",
    "end-passkey",
    "invite",
    "invite-again",
    "end-invitation",
    "accept",
    "change-role",
    "end-role",
    "leave",
    "hand-over",
  ],
  writing: ["publish", "schedule", "unschedule", "schedule-failed", "withdraw", "restore", "remove", "slug"],
  initiatives: ["address", "contact", "create"],
  images: ["add", "describe", "remove"],
  editions: ["audience", "send", "schedule", "undo", "stop", "go-on", "cancel", "resend", "repeat"],
  tips: ["assign", "note", "answer", "resend", "done", "open", "spam", "draft"],
  offers: ["accepted", "declined", "resend", "export", "exported"],
  motivations: ["shown", "refused"],
  proposals: ["approve", "ask", "refuse", "resend"],
  signatures: ["remove", "export", "exported"],
  suppressions: ["open"],
  subscribers: ["end", "export", "exported"],
  people: ["export", "exported"],
  imports: ["begin", "check", "run", "stop", "go-on", "remove", "take-back"],
} as const;

export type AuditFeature = keyof typeof auditActions;
/** Feature and verb: "tips.answer". */
export type AuditAction = {
  [Feature in AuditFeature]: `${Feature}.${(typeof auditActions)[Feature][number]}`;
}[AuditFeature];
export const auditFeatures = Object.keys(auditActions) as AuditFeature[];

/** Whether an action has words: one that an older program noted may not. */
export function isKnownAction(action: string): action is AuditAction {
  const [feature = "", verb = ""] = action.split(".");
  return auditFeatures.some((one) => one === feature && auditActions[one].some((known) => known === verb));
}
