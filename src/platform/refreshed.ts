/** How much time between two readings for each millisecond that one takes: at most 5 % is spent on them. */
const restPerWork = 20;

/**
 * A value that is dear to read and may lag a little (stale-while-revalidate). One reading at a time, however many ask;
 * while it runs the others get the value before it, as long as that is no further behind than was promised: nobody waits
 * but the first, or after a silence. Freshness 0 reads each time anew. It runs on the machine's clock, not on ctx.now().
 */
export class Refreshed<Value> {
  #read: () => Promise<Value>;
  #freshFor: number;
  #mostBehind: number;
  #known: { value: Value; at: number; freshFor: number } | null = null;
  #underway: Promise<Value> | null = null;

  /**
   * `freshFor`: milliseconds between readings at least; more where reading takes long. `mostBehind`: the most
   * milliseconds that a value may be behind when it is given, whatever reading costs.
   */
  constructor(read: () => Promise<Value>, freshFor: number, mostBehind: number) {
    this.#read = read;
    this.#freshFor = freshFor;
    this.#mostBehind = mostBehind;
  }

  /** How many milliseconds ago the reading began that the value comes from which is known now. */
  get behind(): number {
    return this.#known ? performance.now() - this.#known.at : 0;
  }

  /** @throws what reading throws, where no recent value is known. */
  async get(): Promise<Value> {
    if (this.#freshFor === 0) return this.#read();
    const known = this.#known;
    if (!known || this.behind > this.#mostBehind) return this.#refresh();
    if (this.behind > known.freshFor) this.#refresh().catch(() => {}); // the next one who asks tries again
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
