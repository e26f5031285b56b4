import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Json } from "../platform/tables.ts";

/** Of the whole movement: owner, editor, moderator. Of one initiative: lead, island-editor. */
export const roles = ["owner", "editor", "moderator", "lead", "island-editor"] as const;
export type Role = (typeof roles)[number];

export type RoleTable = {
  id: Generated<string>;
  person_id: string;
  role: Role;
  /** The initiative of a lead or an island-editor; null for the movement's roles. */
  initiative_id: string | null;
  given_at: Date;
  given_by: string | null;
};

/** A role that waits for its yes. */
export type InvitationTable = {
  id: Generated<string>;
  /** Lower-case. */
  email: string;
  language: Language;
  role: Role;
  initiative_id: string | null;
  invited_by: string | null;
  made_at: Date;
  expires_at: Date;
};

export type SignInMethod = "code" | "passkey" | "oidc" | "first-owner";

export type SessionTable = {
  id: Generated<string>;
  token_hash: string;
  person_id: string;
  method: SignInMethod;
  /** The browser in a few words, so that its owner knows it again. */
  device: string | null;
  made_at: Date;
  seen_at: Date;
  expires_at: Date;
};

export type PasskeyTable = {
  /** The credential's id (base64url). */
  id: string;
  person_id: string;
  public_key: Buffer;
  counter: number;
  transports: Json<string[]>;
  name: string;
  made_at: Date;
  used_at: Date | null;
};

export type PasskeyChallengeTable = { challenge_hash: string; session_id: string | null; expires_at: Date };

/** Who somebody is at the organisation's identity provider. */
export type OidcIdentityTable = {
  issuer: string;
  subject: string;
  person_id: string;
  made_at: Date;
  used_at: Date;
};
