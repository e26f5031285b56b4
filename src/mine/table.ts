/** The number of somebody who was erased, so that a backup from before can be put right. */
export type ErasureTable = { person_id: string; erased_at: Date };
