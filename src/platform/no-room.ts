/**
 * POSIX: no space left, quota used up, a file longer than the process or the file system allows. PostgreSQL 53100: disk
 * full (Appendix A of its manual).
 */
const codes = ["ENOSPC", "EDQUOT", "EFBIG", "53100"];

/** Whether an error says that there is no room to write, on a disk of ours or the database's. */
export const isNoRoom = (error: unknown): boolean => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return codes.includes(String(code)) || (cause !== undefined && isNoRoom(cause));
};
