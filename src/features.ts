import type { Hono } from "hono";
import { accountDesk } from "./accounts/account-routes.tsx";
import { accountCommands } from "./accounts/commands.ts";
import { invitationRoutes } from "./accounts/invitation-routes.tsx";
import { accountJobs } from "./accounts/jobs.ts";
import { accountMailPreviews } from "./accounts/mail-previews.ts";
import { oidcRoutes } from "./accounts/oidc-routes.tsx";
import type { DeskRoutes } from "./accounts/operations.ts";
import { passkeyDesk, passkeyRoutes } from "./accounts/passkey-routes.tsx";
import { signInRoutes } from "./accounts/sign-in-routes.tsx";
import { teamDesk } from "./accounts/team-routes.tsx";
import { backupCommands, bareBackupCommands } from "./backup/commands.ts";
import { bounceJobs } from "./bounces/jobs.ts";
import { confirmationJobs, lookForDueMails } from "./confirmations/jobs.ts";
import { confirmationMailPreviews } from "./confirmations/mail.tsx";
import { actKinds } from "./confirmations/operations.ts";
import { confirmationRoutes } from "./confirmations/routes.tsx";
import { contactDesk } from "./contact/desk-routes.tsx";
import { contactJobs } from "./contact/jobs.ts";
import { contactMailPreviews } from "./contact/mail.tsx";
import { tip } from "./contact/operations.ts";
import { contactRoutes } from "./contact/routes.tsx";
import { deliveryJobs } from "./deliveries/jobs.ts";
import { lookForDueDigests } from "./digests/jobs.ts";
import { archiveRoutes } from "./editions/archive-routes.tsx";
import { editionsDesk } from "./editions/desk-routes.tsx";
import { editionDocument } from "./editions/document.ts";
import { editionJobs } from "./editions/jobs.ts";
import { editionMailPreviews } from "./editions/mail.tsx";
import { newslettersDesk } from "./editions/newsletters-desk.tsx";
import { figuresDesk } from "./figures/desk-routes.tsx";
import { importsDesk } from "./imports/desk-routes.tsx";
import { importJobs } from "./imports/jobs.ts";
import { addressDesk } from "./initiatives/address-routes.tsx";
import { contactAddressDesk } from "./initiatives/contact-address-routes.tsx";
import { type IslandPart, islandsDesk } from "./initiatives/desk-routes.tsx";
import { islandDocument } from "./initiatives/documents/island.ts";
import { portraitsDocument } from "./initiatives/documents/portraits.ts";
import { questionsDocument } from "./initiatives/documents/questions.ts";
import { supportersDocument } from "./initiatives/documents/supporters.ts";
import { initiativeJobs } from "./initiatives/jobs.ts";
import { initiativeMailPreviews } from "./initiatives/mail.tsx";
import { newIslandDesk } from "./initiatives/new-routes.tsx";
import { initiativeRoutes } from "./initiatives/routes.tsx";
import { linksDesk } from "./links/desk-routes.ts";
import { listsDesk } from "./lists/desk-routes.tsx";
import { mailboxRoutes } from "./mailbox/routes.tsx";
import { manifestoDocument } from "./manifesto/document.ts";
import { manifestoRoutes } from "./manifesto/routes.tsx";
import { mediaDesk } from "./media/desk-routes.tsx";
import { mediaJobs } from "./media/jobs.ts";
import { mediaRoutes } from "./media/routes.ts";
import { mineCommands } from "./mine/commands.ts";
import { mineJobs } from "./mine/jobs.ts";
import { mineMailPreviews } from "./mine/mail.tsx";
import { mineRoutes } from "./mine/routes.tsx";
import { newsletterDocument } from "./newsletters/document.ts";
import { newsletterJobs } from "./newsletters/jobs.ts";
import { newsletterMailPreviews } from "./newsletters/mail.tsx";
import { subscribe } from "./newsletters/operations.ts";
import { newsletterRoutes } from "./newsletters/routes.tsx";
import { participationDesk } from "./participation/desk-routes.tsx";
import { helpDocument } from "./participation/document.ts";
import { followUp, participationJobs } from "./participation/jobs.ts";
import { participationMailPreviews } from "./participation/mail.tsx";
import { join } from "./participation/operations.ts";
import { participationRoutes } from "./participation/routes.tsx";
import type { BareCommand, Command } from "./platform/commands.ts";
import type { JobDefinition } from "./platform/jobs.ts";
import { proposalsDesk } from "./proposals/desk-routes.tsx";
import { proposalJobs } from "./proposals/jobs.ts";
import { proposalMailPreviews } from "./proposals/mail.tsx";
import { propose } from "./proposals/operations.ts";
import { proposalRoutes } from "./proposals/routes.tsx";
import { forgetLimits } from "./protection/jobs.ts";
import { removeWhatIsOld } from "./retention/jobs.ts";
import { shareImageRoutes } from "./share-images/routes.ts";
import { signatureCommands } from "./signatures/commands.ts";
import { signaturesDesk } from "./signatures/desk-routes.tsx";
import { signatureJobs } from "./signatures/jobs.ts";
import { signatureMailPreviews } from "./signatures/mail.tsx";
import { sign } from "./signatures/operations.ts";
import { signatureRoutes } from "./signatures/routes.tsx";
import { wallRoutes } from "./signatures/wall-routes.tsx";
import { siteCommands } from "./site/commands.ts";
import { movementDocument } from "./site/document-movement.ts";
import { pageDocument } from "./site/document-pages.ts";
import { suppressionJobs } from "./suppressions/jobs.ts";
import { suppressionMailPreviews } from "./suppressions/mail.ts";
import type { MailPreview } from "./ui/mail/compose.ts";
import { updatesDesk } from "./updates/desk-routes.tsx";
import { updateDocument } from "./updates/document.ts";
import { updatesRoutes } from "./updates/routes.tsx";
import type { VisitEnv } from "./visit.tsx";
import { auditDesk } from "./workplace/audit-routes.tsx";
import { workplaceDesk } from "./workplace/desk-routes.tsx";
import { suppressionsDesk } from "./workplace/suppressions-routes.tsx";
import { writingDesk } from "./writing/desk-routes.tsx";
import { writingJobs } from "./writing/jobs.ts";
import { writingMailPreviews } from "./writing/mail.tsx";
import { DocumentKinds } from "./writing/operations.ts";
import { previewRoutes } from "./writing/preview-routes.tsx";
import { textsDesk } from "./writing/texts-routes.tsx";

/** What a visitor can do in a form and confirm by mail. */
const acts = actKinds(sign, subscribe, tip, join, propose);

/** What is written in the workplace before it is out. */
const documentKinds = new DocumentKinds(
  movementDocument,
  pageDocument,
  updateDocument,
  islandDocument,
  portraitsDocument,
  questionsDocument,
  supportersDocument,
  helpDocument,
  newsletterDocument,
  manifestoDocument,
  editionDocument,
);

/** What belongs to an initiative's work beside its texts. */
const islandParts: IslandPart[] = [
  {
    action: "updates.write",
    label: "initiatives:desk.part.updates",
    href: (to, { id }) => `${to.section("updates")}?${new URLSearchParams({ initiatief: id })}`,
  },
  {
    action: "images.use",
    label: "initiatives:desk.part.images",
    href: (to, { id }) => to.one("images", id),
  },
  {
    action: "island.address",
    label: "initiatives:desk.part.address",
    href: (to, { id }) => to.part("islands", id, "checkHost"),
  },
  {
    action: "island.contact",
    label: "initiatives:desk.part.contact",
    href: (to, { id }) => to.part("islands", id, "contact"),
  },
  {
    action: "figures.see",
    label: "initiatives:desk.part.figures",
    href: (to, { id }) => to.one("figures", id),
  },
  {
    action: "island.team",
    label: "initiatives:desk.part.team",
    href: (to, { id }) => to.part("islands", id, "team"),
  },
];

/** One of every mail that the program sends, for the page of all mails. */
export const mailPreviews: MailPreview[] = [
  ...confirmationMailPreviews,
  ...newsletterMailPreviews,
  ...editionMailPreviews,
  ...suppressionMailPreviews,
  ...contactMailPreviews,
  ...initiativeMailPreviews,
  ...signatureMailPreviews,
  ...participationMailPreviews,
  ...mineMailPreviews,
  ...accountMailPreviews,
  ...proposalMailPreviews,
  ...writingMailPreviews,
];

/** The features' routes, in the order they are tried. */
export const features: Hono<VisitEnv>[] = [
  updatesRoutes,
  shareImageRoutes,
  mediaRoutes,
  initiativeRoutes,
  manifestoRoutes,
  signatureRoutes,
  wallRoutes,
  newsletterRoutes,
  archiveRoutes,
  contactRoutes,
  participationRoutes,
  proposalRoutes,
  confirmationRoutes(acts),
  mineRoutes(acts),
  signInRoutes,
  passkeyRoutes,
  oidcRoutes,
  invitationRoutes,
  mailboxRoutes(mailPreviews),
  previewRoutes(documentKinds),
];

/** The workplace: each route with the action that it is. */
export const deskFeatures: DeskRoutes[] = [
  accountDesk,
  passkeyDesk,
  teamDesk,
  islandsDesk(documentKinds, islandParts),
  newIslandDesk,
  addressDesk,
  contactAddressDesk,
  updatesDesk,
  textsDesk(documentKinds),
  writingDesk(documentKinds),
  mediaDesk,
  workplaceDesk,
  contactDesk,
  participationDesk,
  signaturesDesk,
  proposalsDesk,
  figuresDesk,
  auditDesk,
  linksDesk,
  listsDesk(acts),
  importsDesk,
  suppressionsDesk,
  newslettersDesk,
  editionsDesk,
];

/** What the worker does. */
export const jobDefinitions: JobDefinition[] = [
  ...confirmationJobs(acts),
  ...newsletterJobs,
  ...deliveryJobs,
  ...editionJobs,
  ...bounceJobs,
  ...suppressionJobs,
  ...contactJobs,
  ...initiativeJobs,
  ...signatureJobs,
  ...participationJobs,
  ...mineJobs,
  ...accountJobs,
  ...proposalJobs,
  ...mediaJobs,
  ...importJobs,
  ...writingJobs(documentKinds),
  forgetLimits,
  removeWhatIsOld,
  lookForDueDigests,
];

/** What an operator can do from a shell. */
export const commands: Command[] = [
  ...accountCommands,
  ...signatureCommands,
  ...mineCommands,
  ...siteCommands,
  ...backupCommands(jobDefinitions),
];

/** The same on a database as it is: nothing is migrated or started for it. */
export const bareCommands: BareCommand[] = bareBackupCommands({
  definitions: jobDefinitions,
  dueMails: [lookForDueMails, followUp],
});
