import type {
  InvitationTable,
  OidcIdentityTable,
  PasskeyChallengeTable,
  PasskeyTable,
  RoleTable,
  SessionTable,
} from "./accounts/table.ts";
import type { AuditTable } from "./audit/table.ts";
import type { HeldJobTable } from "./backup/table.ts";
import type { InboundMailTable, MailboxLookTable } from "./bounces/table.ts";
import type {
  ActTable,
  ConfirmationActTable,
  ConfirmationMailTable,
  ConfirmationRefusalTable,
  ConfirmationTable,
} from "./confirmations/table.ts";
import type { TipMessageTable, TipTable } from "./contact/table.ts";
import type {
  DeliveryTable,
  DeliveryTallyTable,
  SendBucketTable,
  SenderTable,
  SendQueueTable,
} from "./deliveries/table.ts";
import type { EditionLetterTable, EditionTable } from "./editions/table.ts";
import type { ImportRowTable, ImportTable } from "./imports/table.ts";
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
import type { ErasureTable } from "./mine/table.ts";
import type { NewsletterTable, SubscriptionTable } from "./newsletters/table.ts";
import type { HelpWantedTable, ParticipationTable } from "./participation/table.ts";
import type {
  ConsentTable,
  PersonTable,
  ProfileTable,
  VisitCodeTable,
  VisitSessionTable,
} from "./people/table.ts";
import type { KeyFingerprintTable, LimitsTable } from "./platform/tables.ts";
import type { ProposalQuestionTable, ProposalTable } from "./proposals/table.ts";
import type {
  MilestoneTable,
  OrganisationTable,
  SignatureBatchTable,
  SignaturePrincipleTable,
  SignatureTable,
  SignatureWordTable,
} from "./signatures/table.ts";
import type { MovementTable, PageTable } from "./site/table.ts";
import type {
  ErasedSuppressionTable,
  HardAnswerTable,
  ProviderDomainTable,
  ProviderHoldTable,
  SuppressionTable,
} from "./suppressions/table.ts";
import type { UpdateTable } from "./updates/table.ts";
import type { DocumentTable, FormerSlugTable, RevisionTable } from "./writing/table.ts";

/** The features' tables together; types only. */
export type Tables = {
  audit: AuditTable;
  acts: ActTable;
  confirmation_acts: ConfirmationActTable;
  confirmation_mails: ConfirmationMailTable;
  confirmation_refusals: ConfirmationRefusalTable;
  confirmations: ConfirmationTable;
  consents: ConsentTable;
  deliveries: DeliveryTable;
  delivery_tallies: DeliveryTallyTable;
  documents: DocumentTable;
  edition_letters: EditionLetterTable;
  editions: EditionTable;
  erased_suppressions: ErasedSuppressionTable;
  erasures: ErasureTable;
  hard_answers: HardAnswerTable;
  provider_domains: ProviderDomainTable;
  provider_holds: ProviderHoldTable;
  former_slugs: FormerSlugTable;
  held_jobs: HeldJobTable;
  help_wanted: HelpWantedTable;
  inbound_mails: InboundMailTable;
  import_rows: ImportRowTable;
  imports: ImportTable;
  initiative_themes: InitiativeThemeTable;
  initiatives: InitiativeTable;
  invitations: InvitationTable;
  key_fingerprint: KeyFingerprintTable;
  limits: LimitsTable;
  mailbox: MailboxTable;
  mailbox_looks: MailboxLookTable;
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
  proposal_questions: ProposalQuestionTable;
  proposals: ProposalTable;
  questions: QuestionTable;
  revisions: RevisionTable;
  roles: RoleTable;
  send_buckets: SendBucketTable;
  send_queues: SendQueueTable;
  senders: SenderTable;
  sessions: SessionTable;
  signature_batches: SignatureBatchTable;
  signature_principles: SignaturePrincipleTable;
  signature_words: SignatureWordTable;
  signatures: SignatureTable;
  subscriptions: SubscriptionTable;
  supporters: SupporterTable;
  suppressions: SuppressionTable;
  themes: ThemeTable;
  tip_messages: TipMessageTable;
  tips: TipTable;
  updates: UpdateTable;
  visit_codes: VisitCodeTable;
  visit_sessions: VisitSessionTable;
};
