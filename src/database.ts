import type {
  ConfirmationMailTable,
  ConfirmationRefusalTable,
  ConfirmationTable,
} from "./confirmations/table.ts";
import type { TipTable } from "./contact/table.ts";
import type {
  InitiativeTable,
  InitiativeThemeTable,
  PortraitTable,
  QuestionTable,
  SupporterTable,
  ThemeTable,
} from "./initiatives/table.ts";
import type { MailboxTable } from "./mailbox/table.ts";
import type { ManifestoTable } from "./manifesto/table.ts";
import type { NewsletterTable, SubscriptionTable } from "./newsletters/table.ts";
import type { ConsentTable, PersonTable } from "./people/table.ts";
import type { LimitsTable } from "./platform/tables.ts";
import type { MovementTable, PageTable } from "./site/table.ts";
import type { UpdateTable } from "./updates/table.ts";

/** The features' tables together; types only. */
export type Tables = {
  confirmation_mails: ConfirmationMailTable;
  confirmation_refusals: ConfirmationRefusalTable;
  confirmations: ConfirmationTable;
  consents: ConsentTable;
  initiative_themes: InitiativeThemeTable;
  initiatives: InitiativeTable;
  limits: LimitsTable;
  mailbox: MailboxTable;
  manifestos: ManifestoTable;
  movement: MovementTable;
  newsletters: NewsletterTable;
  pages: PageTable;
  people: PersonTable;
  portraits: PortraitTable;
  questions: QuestionTable;
  subscriptions: SubscriptionTable;
  supporters: SupporterTable;
  themes: ThemeTable;
  tips: TipTable;
  updates: UpdateTable;
};
