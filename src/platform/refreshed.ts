/** How much time between two readings for each millisecond that one takes: at most 5 % is spent on them. */
const restPerWork = 20;
/** So many times its freshness may a value lag while a new one is read; an older one is waited for. */
const patience = 10;

/**
 * A value that is dear to read and may lag a little. One reading at a time, however many ask; while it runs the others
 * get the value before it, so that nobody waits except for the first or after a long silence. Freshness 0 reads each
 * time anew. It runs on the machine's clock, not on ctx.now().
 */
export class Refreshed<Value> {
  #read: () => Promise<Value>;
  #freshFor: number;
  #known: { value: Value; at: number; freshFor: number } | null = null;
  #underway: Promise<Value> | null = null;

  /** `freshFor`: milliseconds between readings at least; more where reading takes long. */
  constructor(read: () => Promise<Value>, freshFor: number) {
    this.#read = read;
    this.#freshFor = freshFor;
  }

  /** @throws what reading throws, where no recent value is known. */
  async get(): Promise<Value> {
    if (this.#freshFor === 0) return this.#read();
    const known = this.#known;
    const age = known ? performance.now() - known.at : 0;
    if (!known || age > known.freshFor * patience) return this.#refresh();
    if (age > known.freshFor) this.#refresh().catch(() => {}); // the next one who asks tries again
    return known.value;
  }

  #refresh(): Promise<Value> {
    this.#underway ??= this.#readNow().finally(() => {
      this.#underway = null;
    });
    return this.#underway;
  }

  async #readNow(): Promise<Value> {
    const at = performance.now();
    const value = await this.#read();
    const took = performance.now() - at;
    this.#known = { value, at, freshFor: Math.max(this.#freshFor, took * restPerWork) };
    return value;
  }
}
