/** What a picture of the editors' guide is, and how its pages are worked with. */
import type { Page } from "playwright-core";

export type Picture = {
  name: string;
  /** Signed in as; left out: a visitor. */
  who?: "robin" | "noor" | "joris";
  path: () => string | Promise<string>;
  width?: number;
  height?: number;
  /** What is done on the page before the picture. */
  prepare?: (page: Page) => Promise<unknown>;
  /** The part of the page that it begins with. */
  from?: string;
};

export const phone = { width: 360, height: 760 };
export const noor = { who: "noor" } as const;
export const robin = { who: "robin" } as const;
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name }).first().click();
export const editor = (page: Page) => page.locator("[contenteditable=true]").first();
