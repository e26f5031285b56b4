/** A page and how often it had sent its text. */
export type Sending = { page: string; turn: number };

/** What a form tells the server of the page it is on: which one, which time it is sent, and on which version of the text. */
export function openedPage(form: HTMLFormElement) {
  const input = (name: string) => {
    const found = form.elements.namedItem(name);
    return found instanceof HTMLInputElement ? found : null;
  };
  const { page: id = "", turn: first = "0" } = form.dataset;
  let turn = Number(first);
  let version = form.dataset.version ?? "";
  let after = "";
  const set = (name: string, value: string) => {
    const field = input(name) ?? document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    if (!field.form) form.append(field);
  };
  // a browser that fills in a form as it was may have put back what an earlier page said
  for (const [name, value] of Object.entries({ version, page: id, turn: first })) if (id) set(name, value);
  const arrived = (form.dataset.arrived ?? "").split(" ").map((one) => one.split(":"));
  return {
    get version() {
      return version;
    },
    useVersion: (next: string) => {
      version = next;
      form.dataset.version = next;
      set("version", next);
    },
    /** With what the text that stands here now goes, whenever it goes. */
    next: (): Sending => ({ page: id, turn: turn + 1 }),
    /** It goes now: by this code, or with the form itself. What it says of its page, the version apart. */
    go: (): [string, string][] => {
      turn += 1;
      set("turn", String(turn));
      return [
        ["page", id],
        ["turn", String(turn)],
        ...(after ? [["after", after] satisfies [string, string]] : []),
      ];
    },
    /** Text that another page had sent, or was about to, is put back into this one. */
    goOnAfter: ({ page, turn }: Sending) => {
      if (!page) return;
      after = `${page}:${turn}`;
      set("after", after);
    },
    /** Whether the server has this; also what this form itself brought back. */
    has: ({ page, turn: at }: Sending): boolean =>
      page !== "" &&
      ((page === id && at <= turn) || arrived.some(([one, last]) => one === page && at <= Number(last))),
  };
}
