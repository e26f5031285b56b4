/**
 * Trying again would not help. A job that throws this is not retried; its `onGivenUp` runs at once. The message goes
 * to the log: nothing personal in it.
 */
export class GivenUp extends Error {
  override name = "GivenUp";
}
