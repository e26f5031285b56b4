import type { ColumnType, Generated } from "kysely";

/** A jsonb column: read as the value, written as its JSON text (an array would else become a PostgreSQL array). */
export type Json<Value> = ColumnType<Value, string, string>;

/** The same, where the database has a value for who writes none. */
export type JsonWithDefault<Value> = ColumnType<Value, string | undefined, string>;

/** The store of rate-limiter-flexible. */
export type LimitsTable = { key: string; points: number; expire: number | null };

/** One row: which secret key the database is used with. */
export type KeyFingerprintTable = {
  only_one: Generated<boolean>;
  fingerprint: string;
};
