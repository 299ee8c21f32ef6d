/** Bytes of a file that were received one after the other; what was read long ago is forgotten from its front. */
export class ByteRun {
  readonly #chunks: Uint8Array[] = [];
  #start: number;
  #end: number;

  constructor(start: number) {
    this.#start = start;
    this.#end = start;
  }

  get start(): number {
    return this.#start;
  }

  /** The byte that comes next. */
  get end(): number {
    return this.#end;
  }

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#end += chunk.byteLength;
  }

  has(start: number, end: number): boolean {
    return this.#start <= start && end <= this.#end;
  }

  /** A copy; call only for what it `has`. */
  slice(start: number, end: number): Uint8Array {
    const result = new Uint8Array(end - start);
    let chunkStart = this.#start;
    for (const chunk of this.#chunks) {
      const chunkEnd = chunkStart + chunk.byteLength;
      if (chunkEnd > start && chunkStart < end) {
        const part = chunk.subarray(
          Math.max(0, start - chunkStart),
          Math.min(chunk.byteLength, end - chunkStart),
        );
        result.set(part, Math.max(0, chunkStart - start));
      }
      if (chunkEnd >= end) break;
      chunkStart = chunkEnd;
    }
    return result;
  }

  /** Whole chunks that lie before `position` are let go. */
  forgetBefore(position: number): void {
    let first = this.#chunks[0];
    while (first !== undefined && this.#start + first.byteLength <= position) {
      this.#start += first.byteLength;
      this.#chunks.shift();
      first = this.#chunks[0];
    }
  }
}
