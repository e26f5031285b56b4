/** How much of a body is taken, and how long that may take. All bytes count, whatever they are in the end. */
export type BodyLimits = {
  /** So many bytes are read. */
  most: number;
  /** Of a longer body so many are let go by in all, as a browser reads no answer before it has sent everything. */
  letBy: number;
  /** Milliseconds without a byte, and from the first to the last. */
  idle: number;
  whole: number;
};

export type BodyFault = "too-large" | "too-slow" | "broken-off";

/** A body that is not taken: it is too long, comes too slowly, or its sender went away. */
export class BodyRefused extends Error {
  override name = "BodyRefused";
  readonly fault: BodyFault;
  constructor(fault: BodyFault) {
    super(`The body is ${fault}`);
    this.fault = fault;
  }
}

/** A request, or an answer that we asked for. */
type Sent = Pick<Request, "headers" | "body">;

/**
 * The body of a request as it comes; it may be longer than it says. While nobody asks for the next
 * piece, its sender waits.
 *
 * @throws BodyRefused when a limit is passed (what came before it has been given then), or the sender goes away.
 */
export async function* readBody(request: Sent, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const longest = Math.max(limits.most, limits.letBy);
  if (Number(request.headers.get("content-length") ?? 0) > longest) throw new BodyRefused("too-large");
  if (!request.body) return;
  const reader = request.body.getReader();
  let slow = false;
  const giveUp = () => {
    slow = true;
    void reader.cancel().catch(() => {}); // ends the read that waits
  };
  const whole = setTimeout(giveUp, limits.whole);
  let length = 0;
  try {
    for (;;) {
      const idle = setTimeout(giveUp, limits.idle);
      const { done, value } = await reader.read().finally(() => clearTimeout(idle));
      if (slow) throw new BodyRefused("too-slow");
      if (done) break;
      length += value.length;
      if (length > longest) throw new BodyRefused("too-large");
      if (length <= limits.most) yield value;
    }
  } catch (error) {
    throw error instanceof BodyRefused ? error : new BodyRefused("broken-off");
  } finally {
    clearTimeout(whole);
    void reader.cancel().catch(() => {});
  }
  if (length > limits.most) throw new BodyRefused("too-large");
}

/** The same in one piece: for what is small. */
export async function readWhole(request: Sent, limits: BodyLimits): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBody(request, limits)) pieces.push(piece);
  return Buffer.concat(pieces);
}
