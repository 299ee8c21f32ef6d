/** Sends own operations, a few of every document at a time, until the service has them all or has said that it never will. */
import { assertNever } from '../../core/playback/assert-never.ts';
import type { DocumentName } from '../../core/library/documents.ts';
import type { LibraryOperation } from '../../core/library/operations.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { MOST_CHANGES, MOST_CHANGES_BYTES, type ChangeOutcome } from '../../contract/library-http.ts';
import type { Log } from '../ports.ts';
import type { Device } from './device.ts';
import type { Library } from './library.ts';
import type { LibraryClient } from './library-client.ts';
import type { Anew } from './library-document.ts';

export interface Sender {
  /** Rejects with a `HostFailure`; what was not taken stays where it is. */
  sendAll(): Promise<void>;
}

interface Batch {
  readonly document: DocumentName;
  readonly operations: readonly LibraryOperation[];
}
interface Taken {
  readonly document: DocumentName;
  readonly through: string;
  readonly revision: number;
}

/** Leaves room for what is around them. */
const MOST_BATCH_BYTES = MOST_CHANGES_BYTES * 0.75;
/** A clock or a device that is refused again and again is not put right by this. */
const MOST_RESTAMPED = 3;

const stampsOf = (operations: readonly LibraryOperation[]): ReadonlySet<string> =>
  new Set(operations.map(({ stamp }) => stamp));

export const createSender = (options: {
  readonly library: Library;
  readonly client: LibraryClient;
  readonly device: Device;
  /** Reads a document from its beginning, and what of the own operations is left comes after. */
  readonly beginAnew: (name: DocumentName, anew: Anew) => Promise<void>;
  readonly onTaken: (name: DocumentName, revision: number) => void;
  /** So many will never be taken. */
  readonly onRefused: (operations: number) => void;
  readonly log: Log;
}): Sender => {
  const { library, client, device, beginAnew, onTaken, onRefused, log } = options;

  /** Whole operations as long as they fit; the first always. */
  const nextBatches = (): readonly Batch[] => {
    const batches: Batch[] = [];
    let bytes = 0;
    for (const document of library.documents.all()) {
      const operations: LibraryOperation[] = [];
      for (const operation of document.nextToSend()) {
        bytes += Buffer.byteLength(JSON.stringify(operation)) + 1;
        if (bytes > MOST_BATCH_BYTES && (operations.length > 0 || batches.length > 0)) break;
        operations.push(operation);
      }
      if (operations.length > 0) batches.push({ document: document.name, operations });
      if (batches.length === MOST_CHANGES || bytes > MOST_BATCH_BYTES) break;
    }
    return batches;
  };

  /** Everything that was not taken, of every document, gets stamps of the corrected clock or the new device. */
  const restampAll = async (): Promise<void> => {
    for (const { name, waiting } of library.documents.all())
      if (waiting() > 0) await beginAnew(name, { dropped: new Set(), clock: device.clock });
  };

  /** What stands about these operations in the service's answer. True: they are to be sent again. */
  const settle = async (batch: Batch, outcome: ChangeOutcome, taken: Taken[]): Promise<boolean> => {
    const { document, operations } = batch;
    switch (outcome.outcome) {
      case 'taken': {
        const through = operations.at(-1)?.stamp ?? '';
        taken.push({ document, through, revision: outcome.revision });
        return false;
      }
      case 'forbidden':
      case 'not_found':
      case 'too_large':
        log.warn('library changes are not taken', {
          document,
          cause: outcome.outcome,
          changes: operations.length,
        });
        await beginAnew(document, { dropped: stampsOf(operations), clock: null });
        onRefused(operations.length);
        return false;
      case 'clock_ahead':
        device.correct(Date.parse(outcome.now), library.documents.stamps());
        await restampAll();
        return true;
      case 'device_taken':
        await device.renew();
        await restampAll();
        return true;
      default:
        return assertNever(outcome);
    }
  };

  return {
    async sendAll() {
      let restampings = 0;
      for (let batches = nextBatches(); batches.length > 0; batches = nextBatches()) {
        const { outcomes } = await client.change({ device: device.id(), changes: batches });
        if (outcomes.length !== batches.length)
          throw new HostFailure('service_unreachable', 'the answer is not about what was sent');
        const taken: Taken[] = [];
        const others: (readonly [Batch, ChangeOutcome])[] = [];
        for (const [index, batch] of batches.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined || outcome.document !== batch.document)
            throw new HostFailure('service_unreachable', 'the answer is not about what was sent');
          if (outcome.outcome === 'taken') await settle(batch, outcome, taken);
          else others.push([batch, outcome]);
        }
        // Before anything is begun anew: what was taken is not to be stamped again.
        if (taken.length > 0) await library.taken(taken);
        for (const { document, revision } of taken) onTaken(document, revision);
        for (const [batch, outcome] of others) {
          if (!(await settle(batch, outcome, taken))) continue;
          restampings += 1;
          if (restampings > MOST_RESTAMPED)
            throw new HostFailure(
              'service_unreachable',
              'the service does not take the clock of this computer',
            );
          // All of them were stamped anew.
          break;
        }
      }
    },
  };
};
