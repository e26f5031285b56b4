import type {
  InvitationTable,
  OidcIdentityTable,
  PasskeyChallengeTable,
  PasskeyTable,
  RoleTable,
  SessionTable,
  SignInCodeTable,
} from "./accounts/table.ts";
import type { AuditTable } from "./audit/table.ts";
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
import type { MediaGoneTable, MediaTable } from "./media/table.ts";
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
import type { DocumentTable, FormerSlugTable, RevisionTable } from "./writing/table.ts";

/** The features' tables together; types only. */
export type Tables = {
  audit: AuditTable;
  confirmation_mails: ConfirmationMailTable;
  confirmation_refusals: ConfirmationRefusalTable;
  confirmations: ConfirmationTable;
  consents: ConsentTable;
  documents: DocumentTable;
  former_slugs: FormerSlugTable;
  help_wanted: HelpWantedTable;
  initiative_themes: InitiativeThemeTable;
  initiatives: InitiativeTable;
  invitations: InvitationTable;
  limits: LimitsTable;
  mailbox: MailboxTable;
  manifestos: ManifestoTable;
  media: MediaTable;
  media_gone: MediaGoneTable;
  milestones: MilestoneTable;
  movement: MovementTable;
  newsletters: NewsletterTable;
  oidc_identities: OidcIdentityTable;
  organisations: OrganisationTable;
  pages: PageTable;
  participations: ParticipationTable;
  passkey_challenges: PasskeyChallengeTable;
  passkeys: PasskeyTable;
  people: PersonTable;
  portraits: PortraitTable;
  profiles: ProfileTable;
  questions: QuestionTable;
  revisions: RevisionTable;
  roles: RoleTable;
  sessions: SessionTable;
  sign_in_codes: SignInCodeTable;
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
