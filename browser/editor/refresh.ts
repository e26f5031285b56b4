/** Asks a field to show its textarea's text anew, after code other than the field changed it. */
export const refreshEvent = "editor-refresh";
