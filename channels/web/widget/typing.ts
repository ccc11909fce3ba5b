/** Someone who closes the laptop while typing must not type for ever. */
const LONGEST_MS = 60_000;

/** Whether an answer is being made: the stream says so, a request is under way, or the server said that the answer comes later. */
export class Typing {
  readonly #onChange: () => void;
  #requests = 0;
  #told = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get on(): boolean {
    return this.#told || this.#requests > 0;
  }

  /** By a `typing` event, or by an answer that is still being made. */
  set(on: boolean): void {
    clearTimeout(this.#timer);
    if (on) this.#timer = setTimeout(() => this.set(false), LONGEST_MS);
    if (on === this.#told) return;
    this.#told = on;
    this.#onChange();
  }

  async during<T>(request: Promise<T>): Promise<T> {
    this.#requests++;
    this.#onChange();
    try {
      return await request;
    } finally {
      this.#requests--;
      this.#onChange();
    }
  }
}
