/**
 * A versioned document: the one primitive that carries all that changes (docs/adr/0002). Revision n + 1 is written by a create-only
 * put after revision n was seen, so of many writers one wins; the others read what it wrote, apply their change to that, and
 * try again. Delta Lake keeps its log in the same way. Revisions are never rewritten; whoever prunes takes the oldest only.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { createSequence } from '../../core/work/sequence.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { createRevision, jitterMs } from './create-revision.ts';
import { revisionKey } from './keys.ts';
import { newestRevision, type RevisionEntry } from './revision-log.ts';

export interface Versioned<Value> {
  readonly revision: number;
  readonly value: Value;
}

export interface VersionedDocument<Value> {
  /** The newest revision, or null: there is none, or none but the one that is known already. Costs one LIST when so. */
  latest(knownRevision?: number): Promise<Versioned<Value> | null>;
  /**
   * Applies a change to the newest revision and writes the next, losing nothing that others write meanwhile: `change` may
   * be called several times, each time with what is then the newest, and must depend on nothing else that it changes itself.
   * Gives what now stands; null only when there was nothing and it stays so. Throws a `StoreError`; after `unreachable` the
   * change may have been written or not.
   */
  update(change: (current: Value | null) => Value | 'unchanged'): Promise<Versioned<Value> | null>;
}

export interface VersionedDocumentOptions<Value> {
  readonly store: ObjectStore;
  /** The folder of its revisions, without a slash at the end: `catalog/manifests`. */
  readonly log: string;
  readonly schema: z.ZodType<Value>;
}

/** `writeId` tells a writer whose answer was lost that what it finds is its own, even if others wrote the very same. */
const envelopeSchema = z.object({ writeId: z.string(), value: z.unknown() });

/** Eight writers at once need some ten tries at worst; a hundred lost races are a fault, not a crowd. */
const MOST_RACES = 100;
const MOST_FAILURES = 4;

interface Held<Value> extends Versioned<Value> {
  readonly writeId: string;
  /** Null for what this process wrote itself and has not seen in a listing. */
  readonly etag: string | null;
}

export const createVersionedDocument = <Value>({
  store,
  log,
  schema,
}: VersionedDocumentOptions<Value>): VersionedDocument<Value> => {
  /** What was read or written last: saves reading it again, and shows when a log was begun anew under our feet. */
  let held: Held<Value> | null = null;
  /** Updates of one process wait for each other instead of racing. */
  const updates = createSequence();

  const decode = (
    revision: number,
    bytes: Uint8Array,
  ): { readonly writeId: string; readonly value: Value } => {
    try {
      const { writeId, value } = envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      return { writeId, value: schema.parse(value) };
    } catch (error) {
      throw new StoreError(
        'corrupt',
        `${revisionKey(log, revision)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        'It was written by something else or by a newer version: update, or restore it.',
        { cause: error },
      );
    }
  };

  const isHeld = (entry: RevisionEntry): boolean =>
    held !== null && held.revision === entry.revision && held.etag === entry.etag;

  /** Null when the revision was pruned between listing and reading. */
  const read = async (entry: RevisionEntry): Promise<Held<Value> | null> => {
    if (held !== null && isHeld(entry)) return held;
    const bytes = await store.getBytes(revisionKey(log, entry.revision));
    return bytes === null ? null : { ...entry, ...decode(entry.revision, bytes) };
  };

  const newest = async (known: number | null): Promise<Held<Value> | null> => {
    for (let attempt = 1; ; attempt++) {
      const entry = await newestRevision(store, log, known);
      if (entry === null) return null;
      const found = await read(entry);
      if (found !== null) return found;
      if (attempt === MOST_FAILURES)
        throw new StoreError(
          'corrupt',
          `${revisionKey(log, entry.revision)} is listed, yet not there`,
          'The store contradicts itself: check it.',
        );
    }
  };

  const latest = async (knownRevision?: number): Promise<Versioned<Value> | null> => {
    const before = held;
    const found = await newest(knownRevision ?? null);
    held = found;
    if (found === null) return null;
    const isKnown =
      found.revision === knownRevision &&
      (before?.revision !== knownRevision || before.writeId === found.writeId);
    return isKnown ? null : { revision: found.revision, value: found.value };
  };

  const write = (revision: number, writeId: string, bytes: Uint8Array): Promise<'ours' | 'lost'> =>
    createRevision({
      store,
      key: revisionKey(log, revision),
      bytes,
      isOurs: (there) => decode(revision, there).writeId === writeId,
    });

  const updateNow = async (
    change: (current: Value | null) => Value | 'unchanged',
  ): Promise<Versioned<Value> | null> => {
    for (let race = 0; race < MOST_RACES; race++) {
      if (race > 0) await wait(jitterMs(race));
      const current = await newest(held?.revision ?? null);
      held = current;
      const changed = change(current?.value ?? null);
      if (changed === 'unchanged') return current && { revision: current.revision, value: current.value };
      const revision = (current?.revision ?? 0) + 1;
      const writeId = randomUUID();
      // Parsed before it is written: nothing that readers could not read gets in.
      const value = schema.parse(changed);
      const bytes = Buffer.from(JSON.stringify({ writeId, value }));
      if ((await write(revision, writeId, bytes)) === 'lost') continue;
      held = { revision, value, writeId, etag: null };
      return { revision, value };
    }
    throw new StoreError(
      'unreachable',
      `${log} was changed by others ${MOST_RACES} times in a row`,
      'Too many write at once: try again.',
    );
  };

  return {
    latest,
    update: (change) => updates.inTurn(() => updateNow(change)),
  };
};
