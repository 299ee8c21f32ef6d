/** Who this installation is among the listener's devices, and its clock. */
import { z } from 'zod';
import { deviceSchema } from '../../contract/library-operations-http.ts';
import {
  createStampClock,
  MOST_AHEAD_MS,
  wallMsOf,
  type Stamp,
  type StampClock,
} from '../../core/library/stamp.ts';
import type { JsonDocument } from '../storage/json-document.ts';
import { newDeviceId } from './random-ids.ts';

export const deviceDocumentSchema = z.object({ version: z.literal(1), device: deviceSchema });

export interface Device {
  id(): string;
  readonly clock: StampClock;
  /** The wall clock, corrected by what the service said of the time. */
  nowMs(): number;
  /** The service says what time it is. Stamps from a clock that ran ahead are passed over from now on. */
  correct(serviceNowMs: number, known: readonly Stamp[]): void;
  /** Another listener has this id: another one, on the disk when it resolves. */
  renew(): Promise<void>;
}

export const openDevice = async (options: {
  readonly document: JsonDocument<Readonly<z.infer<typeof deviceDocumentSchema>>>;
  readonly now: () => number;
}): Promise<Device> => {
  const { document, now } = options;
  let aheadMs = 0;
  const nowMs = (): number => now() - aheadMs;
  const clockOf = (device: string, last: Stamp | null): StampClock =>
    createStampClock({ device, now: nowMs, last });

  const take = async (device: string): Promise<string> => {
    await document.write({ version: 1, device });
    return device;
  };
  let id = (await document.read())?.device ?? (await take(newDeviceId()));
  let clock = clockOf(id, null);
  return {
    id: () => id,
    nowMs,
    clock: {
      next: () => clock.next(),
      observe: (stamp) => clock.observe(stamp),
      last: () => clock.last(),
    },
    correct(serviceNowMs, known) {
      aheadMs = now() - serviceNowMs;
      clock = clockOf(id, null);
      for (const stamp of known) if (wallMsOf(stamp) <= serviceNowMs + MOST_AHEAD_MS) clock.observe(stamp);
    },
    async renew() {
      id = await take(newDeviceId());
      clock = clockOf(id, clock.last());
    },
  };
};
