/** Every act that is noted, by feature. A test compares it with what the code notes. */
export const auditActions = {
  proposals: ["approve", "ask", "refuse"],
  offers: ["accepted", "declined"],
  motivations: ["shown", "refused"],
  images: ["add", "remove"],
  tips: ["assign", "answer", "done", "open", "spam"],
} as const;

export type AuditFeature = keyof typeof auditActions;
export const auditFeatures = Object.keys(auditActions) as AuditFeature[];

/** Whether an action is one that has words. */
export function isKnownAction(action: string): boolean {
  const [feature = "", verb = ""] = action.split(".");
  return auditFeatures.some((one) => one === feature && auditActions[one].some((known) => known === verb));
}
