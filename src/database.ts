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
import type { HelpWantedTable, ParticipationTable } from "./participation/table.ts";
import type {
  ConsentTable,
  PersonTable,
  ProfileTable,
  VisitCodeTable,
  VisitSessionTable,
} from "./people/table.ts";
import type { LimitsTable } from "./platform/tables.ts";
import type {
  MilestoneTable,
  OrganisationTable,
  SignatureBatchTable,
  SignaturePrincipleTable,
  SignatureTable,
  SignatureWordTable,
} from "./signatures/table.ts";
import type { MovementTable, PageTable } from "./site/table.ts";
import type { UpdateTable } from "./updates/table.ts";

/** The features' tables together; types only. */
export type Tables = {
  confirmation_mails: ConfirmationMailTable;
  confirmation_refusals: ConfirmationRefusalTable;
  confirmations: ConfirmationTable;
  consents: ConsentTable;
  help_wanted: HelpWantedTable;
  initiative_themes: InitiativeThemeTable;
  initiatives: InitiativeTable;
  limits: LimitsTable;
  mailbox: MailboxTable;
  manifestos: ManifestoTable;
  milestones: MilestoneTable;
  movement: MovementTable;
  newsletters: NewsletterTable;
  organisations: OrganisationTable;
  pages: PageTable;
  participations: ParticipationTable;
  people: PersonTable;
  portraits: PortraitTable;
  profiles: ProfileTable;
  questions: QuestionTable;
  signature_batches: SignatureBatchTable;
  signature_principles: SignaturePrincipleTable;
  signature_words: SignatureWordTable;
  signatures: SignatureTable;
  subscriptions: SubscriptionTable;
  supporters: SupporterTable;
  themes: ThemeTable;
  tips: TipTable;
  updates: UpdateTable;
  visit_codes: VisitCodeTable;
  visit_sessions: VisitSessionTable;
};
