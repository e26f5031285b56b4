/** What a page of /mijn says has just happened, by a word in its address. The word changes nothing by itself. */
const notices = [
  "appearance",
  "invitation",
  "signature",
  "subscription",
  "offer",
  "profile",
  "waiting",
  "closed",
  "over",
] as const;
export type Notice = (typeof notices)[number];

const parameter = "klaar";

export const withNotice = (path: string, notice: Notice): string => `${path}?${parameter}=${notice}`;
export const noticeIn = (query: Record<string, string>): Notice | null =>
  notices.find((one) => one === query[parameter]) ?? null;
