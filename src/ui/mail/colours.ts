/** The colours of mails: those of the pages (browser/css/tokens.css), because mail programs know no variables. */
export type MailColours = {
  page: string;
  sheet: string;
  text: string;
  heading: string;
  muted: string;
  link: string;
  band: string;
  onBand: string;
  shallow: string;
  quote: string;
  button: string;
  onButton: string;
};

export const day: MailColours = {
  page: "#f6efe0",
  sheet: "#fffefa",
  text: "#0c2b34",
  heading: "#0b3c49",
  muted: "#3f5c65",
  link: "#0d6372",
  band: "#0b3c49",
  onBand: "#fffaf0",
  shallow: "#137c8b",
  quote: "#e4f0ee",
  button: "#c8431f",
  onButton: "#ffffff",
};

/** The sea at night, in mail programs that follow the reader's dark scheme. */
export const night: MailColours = {
  page: "#06212a",
  sheet: "#0b2c37",
  text: "#e8eee8",
  heading: "#f6efe0",
  muted: "#a9bfc1",
  link: "#7fd0da",
  band: "#0b3c49",
  onBand: "#f6efe0",
  shallow: "#4b8f9a",
  quote: "#06212a",
  button: "#ff8d66",
  onButton: "#2a0c02",
};
