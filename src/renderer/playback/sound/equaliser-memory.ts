/** Which equaliser belongs to which output device. */
import type { Settings } from '../../../contract/settings.ts';
import { FLAT_BANDS_DB } from '../../../core/playback/equaliser.ts';
import { SYSTEM_OUTPUT, type OutputDevice } from './output-devices.ts';

export type EqualiserMemory = Settings['equaliser'];
export type EqualiserSetting = EqualiserMemory[string];

const UNTOUCHED: EqualiserSetting = { on: false, preset: 'flat', bandsDb: FLAT_BANDS_DB, label: '' };

/** What was last set for the device, by its id or, when the browser gave it another one, by its name. */
export const equaliserFor = (memory: EqualiserMemory, device: OutputDevice): EqualiserSetting =>
  (Object.hasOwn(memory, device.id) ? memory[device.id] : undefined) ??
  (device.label === '' ? undefined : Object.values(memory).find(({ label }) => label === device.label)) ??
  UNTOUCHED;

/** The memory with the device's setting in it, in place of what was there under another id. */
export const withEqualiser = (
  memory: EqualiserMemory,
  device: OutputDevice,
  setting: EqualiserSetting,
): EqualiserMemory => {
  const others = Object.entries(memory).filter(
    ([id, { label }]) => id !== device.id && (device.id === SYSTEM_OUTPUT.id || label !== device.label),
  );
  return { ...Object.fromEntries(others), [device.id]: { ...setting, label: device.label } };
};
