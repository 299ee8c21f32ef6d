import { lengthOf, type Planes } from './resampler.ts';

/** What is decoded of a track, until it is heard: it may have to be placed anew. */
export class KeptBlocks {
  #blocks: { readonly start: number; readonly planes: Planes }[] = [];
  #end = 0;

  /** The frame behind the last one that came. */
  get end(): number {
    return this.#end;
  }

  add(planes: Planes): void {
    this.#blocks.push({ start: this.#end, planes });
    this.#end += lengthOf(planes);
  }

  /** Everything from a frame on, in order. */
  *from(frame: number): Generator<Planes, void> {
    for (const { start, planes } of this.#blocks) {
      if (start + lengthOf(planes) <= frame) continue;
      yield start >= frame ? planes : planes.map((plane) => plane.subarray(frame - start));
    }
  }

  forgetBefore(frame: number): void {
    this.#blocks = this.#blocks.filter(({ start, planes }) => start + lengthOf(planes) > frame);
  }
}
