/** Every act that is noted, by feature. A test compares it with what the code notes. */
export const auditActions = {
  accounts: [
    ...["first-owner", "make-owner", "change-address", "add-passkey", "end-passkey"],
    ...["invite", "end-invitation", "accept", "change-role", "end-role", "leave", "hand-over"],
  ],
  proposals: ["approve", "ask", "refuse"],
  offers: ["accepted", "declined"],
  motivations: ["shown", "refused"],
  images: ["add", "remove"],
  editions: ["send", "schedule", "undo", "stop", "go-on", "cancel", "resend"],
  tips: ["assign", "answer", "done", "open", "spam"],
  writing: ["publish", "schedule", "unschedule", "schedule-failed", "withdraw", "restore", "remove", "slug"],
} as const;

export type AuditFeature = keyof typeof auditActions;
export const auditFeatures = Object.keys(auditActions) as AuditFeature[];

/** Whether an action is one that has words. */
export function isKnownAction(action: string): boolean {
  const [feature = "", verb = ""] = action.split(".");
  return auditFeatures.some((one) => one === feature && auditActions[one].some((known) => known === verb));
}
