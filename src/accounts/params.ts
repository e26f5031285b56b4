const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a row as it came in an address or a form, or null when it is none. */
export const rowId = (text: string | undefined): string | null => (text && uuid.test(text) ? text : null);
