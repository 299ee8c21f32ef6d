import { storageFailure } from '../storage/storage-error.ts';
import type { AudioStore, OpenArrival } from './audio-store.ts';
import { EdgeFailure } from './edge-failure.ts';
import type { AudioFile } from './edge.ts';
import { createFollowers, type Follower } from './followers.ts';
import type { Line, Priority } from './line.ts';
import { resumedBytes, type ByteSource } from './resumed-bytes.ts';
import { CHUNK_BYTES } from './sealed-audio/chunked-encryption.ts';
import type { ChunkWriter, Stretch } from './sealed-audio/arriving-file.ts';

/**
 * fetching ─ every byte there and the hash right ─▶ whole
 *    ├───── nobody wants it any more ─▶ stopped (what is there stays)
 *    └───── edge or disk failed ─▶ failed
 */
export type FetchState =
  | { readonly kind: 'fetching' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Somebody wants the file on the disk, without reading it. */
export interface Want {
  readonly priority: Priority;
  /** Enough once so many bytes from the start are there; null wants all of it. */
  readonly enoughBytes: number | null;
}

export interface TrackFetch {
  readonly file: AudioFile;
  state(): FetchState;
  presentBytes(): number;
  /** How many bytes readers may have from a position on. The last one is held back until the hash is known to be right. */
  readableFrom(position: number): number;
  /** At least one of them. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Resolves at the next progress or change of state. */
  changed(): Promise<void>;
  /** A reader at a position; it is fetched for until it leaves. */
  follow(position: number): Follower;
  /** Gives what to call when it is no longer wanted. */
  want(want: Want): () => void;
  /** Looks again at who wants what: called when what plays has changed. */
  reconsider(): void;
  stop(): void;
  /** Resolves when it is kept, put down or discarded; readers may still be behind. Never rejects. */
  readonly settled: Promise<void>;
  /** Resolves when nothing is open any more. Never rejects. */
  readonly ended: Promise<void>;
}

interface Lane {
  readonly stretch: Stretch;
  end: number;
  writer: ChunkWriter;
  /** From here to where the writer stands, what has come is still on its way to the disk. */
  writingFrom: number;
  readonly startedMs: number;
  readonly controller: AbortController;
  deliveredBytes: number;
}

/** A reader far ahead gets a connection of its own; a third one would only share the line with the others. */
const MOST_LANES = 2;
const chunkStart = (position: number): number => Math.floor(position / CHUNK_BYTES) * CHUNK_BYTES;

/** Enough to know that a reader who jumped means it, and is not only looking at the end of the file. */
const MORE_THAN_A_LOOK_BYTES = 128 * 1024;

/**
 * Fetches one file into the store, once, however many read it or want it: from the first byte on, or first from where a reader
 * waits. What was begun is gone on with for as long as somebody wants it.
 */
export const startFetch = (options: {
  readonly arrival: OpenArrival;
  readonly store: AudioStore;
  readonly source: ByteSource;
  readonly line: Line;
  /** How urgent reading this track is: what plays now, or something else. */
  readonly readingPriority: () => Priority;
  /** Whether to go on although nobody reads it or has said to want it; told whether somebody did read it. */
  readonly goesOnAlone: (wasRead: boolean) => boolean;
  /** The audio was fetched and is right, but could not be kept. */
  readonly onKeepFailed: (error: unknown) => void;
}): TrackFetch => {
  const { arrival, store, source, line } = options;
  const { file, arriving } = arrival;
  const clock = source.clock;
  const wants = new Set<Want>();
  const lanes = new Set<Lane>();
  let state: FetchState = { kind: 'fetching' };
  let etag = arrival.etag;
  let isEtagNoted = false;
  let noted: Promise<void> = Promise.resolve();
  let pulse = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let isVerifying = false;
  let wasRead = false;
  /** Readers have been sent ahead of a gap. */
  let hasLeapt = false;

  const announce = (): void => {
    const announced = pulse;
    pulse = Promise.withResolvers<void>();
    announced.resolve();
  };

  const followers = createFollowers({
    clock,
    onChange: () => reconsider(),
    msUntil(position) {
      let soonest: number | null = null;
      for (const lane of lanes) {
        const reached = lane.writer.position();
        if (position < reached || position > lane.end || lane.deliveredBytes === 0) continue;
        const bytesPerMs = lane.deliveredBytes / Math.max(1, clock.now() - lane.startedMs);
        const ms = (position - reached) / bytesPerMs;
        soonest = soonest === null ? ms : Math.min(soonest, ms);
      }
      return soonest;
    },
    isNext: (position) =>
      Array.from(lanes).some(
        ({ writingFrom, writer }) => position >= writingFrom && position < writer.position() + CHUNK_BYTES,
      ),
    leapTo: (position) => openLaneAt(position),
  });

  const priority = (): Priority => {
    const asked = Array.from(wants, (want) => want.priority);
    if (followers.count() > 0) asked.push(options.readingPriority());
    if (asked.length === 0) return options.readingPriority();
    if (asked.includes('playing')) return 'playing';
    return asked.includes('next') ? 'next' : 'pinned';
  };
  const isWanted = (): boolean =>
    followers.count() > 0 ||
    options.goesOnAlone(wasRead) ||
    Array.from(wants).some(({ enoughBytes }) => enoughBytes === null || readableFrom(0) < enoughBytes);

  const readableFrom = (position: number): number => {
    const readable = Math.min(arriving.readableFrom(position), file.bytes - position);
    // Whoever leapt ahead is not kept waiting at the end for what lies before.
    const isHeldBack = state.kind !== 'whole' && !hasLeapt && position + readable === file.bytes;
    return isHeldBack ? Math.max(0, readable - 1) : readable;
  };

  const end = async (next: FetchState): Promise<void> => {
    if (state.kind !== 'fetching') return;
    state = next;
    for (const lane of lanes) lane.controller.abort(new Error('the fetch has ended'));
    announce();
    try {
      await noted.catch(() => undefined);
      switch (next.kind) {
        case 'whole':
          await store.adopt(arrival);
          break;
        case 'stopped':
          await store.putDown(arrival);
          break;
        case 'failed': {
          const { cause } = next;
          const isUnusable =
            cause instanceof EdgeFailure && ['changed', 'wrong', 'gone'].includes(cause.kind);
          if (isUnusable) await store.discard(arrival);
          else await store.putDown(arrival);
        }
      }
    } catch (error) {
      options.onKeepFailed(error);
      await store.discard(arrival).catch((cause: unknown) => options.onKeepFailed(cause));
    }
    settled.resolve();
    // Readers that are still behind go on from memory and disk until they have left.
    await followers.allGone();
    await arriving.handle.then(
      (handle) => handle.close(),
      // It never was opened.
      () => undefined,
    );
    ended.resolve();
  };

  const verify = async (): Promise<void> => {
    try {
      if (await arriving.hasSha256(file.sha256)) await end({ kind: 'whole' });
      else {
        const cause = new EdgeFailure('wrong', 'the hash is not that of the catalog');
        await end({ kind: 'failed', cause });
      }
    } catch (error) {
      await end({ kind: 'failed', cause: storageFailure('cannot read what was written', error) });
    }
  };

  /** The note is written while the first bytes come; without it a part is swept, so that nothing has to wait for it. */
  const takeEtag = (answered: string | null): void => {
    if (!isEtagNoted && etag === null) {
      isEtagNoted = true;
      etag = answered;
      noted = store.noteEtag(arrival, answered);
      noted.catch((cause: unknown) => end({ kind: 'failed', cause }));
    }
    if (etag !== answered) throw new EdgeFailure('changed', 'two connections gave two objects');
  };

  /** False when the line was needed for something more urgent before all of it was here. */
  const runOnce = async (lane: Lane): Promise<boolean> => {
    const { writer } = lane;
    const turn = await line.enter(priority, lane.controller.signal);
    try {
      const signal = AbortSignal.any([lane.controller.signal, turn.signal]);
      const request = {
        file,
        range: { first: writer.position(), last: lane.end },
        etag,
        onEtag: takeEtag,
        isUrgent: () => followers.count() > 0 && priority() === 'playing',
      };
      for await (const chunk of resumedBytes(source, request, signal)) {
        const wanted = Math.max(0, lane.end + 1 - writer.position());
        lane.writingFrom = chunkStart(writer.position());
        const writing = writer.write(chunk.subarray(0, wanted));
        lane.deliveredBytes += chunk.byteLength;
        // Readers have it from memory by now; the disk need not have it yet.
        announce();
        try {
          await writing;
        } catch (error) {
          throw storageFailure('cannot write to the audio cache', error);
        }
        // What memory does not hold any more is read from there.
        announce();
        if (writer.position() > lane.end) return true;
        if (!isWanted()) void end({ kind: 'stopped' });
        if (lane.deliveredBytes > MORE_THAN_A_LOOK_BYTES) stopOthersThan(lane);
      }
      return true;
    } catch (error) {
      if (turn.signal.aborted && !lane.controller.signal.aborted) return false;
      throw error;
    } finally {
      turn.leave();
    }
  };

  const runLane = async (lane: Lane): Promise<void> => {
    try {
      while (!(await runOnce(lane))) {
        // What did not fill a chunk is fetched once more.
        lane.writer.abandon();
        lane.writer = arriving.writerAt(chunkStart(lane.writer.position()));
        lane.writingFrom = lane.writer.position();
      }
    } catch (error) {
      if (!lane.controller.signal.aborted) void end({ kind: 'failed', cause: error });
    } finally {
      lane.writer.abandon();
      lanes.delete(lane);
      announce();
      reconsider();
    }
  };

  const openLane = (stretch: Stretch): void => {
    hasLeapt ||= stretch.first > (arriving.holeFrom(0)?.first ?? 0);
    const others = Array.from(lanes).filter(({ stretch: { first } }) => first > stretch.first);
    const lane: Lane = {
      stretch,
      end: Math.min(stretch.last, ...others.map(({ stretch: { first } }) => first - 1)),
      writer: arriving.writerAt(stretch.first),
      writingFrom: stretch.first,
      startedMs: clock.now(),
      controller: new AbortController(),
      deliveredBytes: 0,
    };
    for (const other of lanes) {
      if (other.stretch.first < stretch.first) other.end = Math.min(other.end, stretch.first - 1);
    }
    lanes.add(lane);
    void runLane(lane);
  };

  const stopOthersThan = (lane: Lane): void => {
    for (const other of lanes) {
      if (other !== lane && !followers.isAnyWithin(other.stretch.first, other.end)) {
        other.controller.abort(new Error('a reader went elsewhere'));
      }
    }
  };

  /** A connection of its own for a reader far ahead. */
  const openLaneAt = (position: number): void => {
    if (state.kind !== 'fetching') return;
    const hole = arriving.holeFrom(chunkStart(position));
    if (hole === null || hole.first > position) return;
    if (lanes.size >= MOST_LANES) {
      const [oldest] = Array.from(lanes).sort((one, other) => one.startedMs - other.startedMs);
      oldest?.controller.abort(new Error('a reader went elsewhere'));
      if (oldest !== undefined) lanes.delete(oldest);
    }
    openLane(hole);
  };

  const reconsider = (): void => {
    if (state.kind !== 'fetching') return;
    if (!isWanted()) {
      void end({ kind: 'stopped' });
      return;
    }
    if (lanes.size > 0 || isVerifying) return;
    const hole = arriving.holeFrom(followers.newestPosition()) ?? arriving.holeFrom(0);
    if (hole !== null) {
      openLane(hole);
      return;
    }
    isVerifying = true;
    void verify();
  };

  return {
    file,
    state: () => state,
    presentBytes: () => arriving.presentBytes(),
    readableFrom,
    read: (position, length) =>
      arriving.read(position, Math.min(length, Math.max(1, readableFrom(position)))),
    changed: () => pulse.promise,
    follow(position) {
      wasRead = true;
      return followers.add(position);
    },
    want(want) {
      wants.add(want);
      reconsider();
      return () => {
        if (wants.delete(want)) reconsider();
      };
    },
    reconsider,
    stop() {
      void end({ kind: 'stopped' });
    },
    settled: settled.promise,
    ended: ended.promise,
  };
};
