/** Which device the sound comes out of: the one that was chosen while it is there, the system's own otherwise. */

import { sinkOf, type Sink, type SinkContext } from './sink.ts';

export interface OutputDevice {
  readonly id: string;
  /** As the system calls it; empty for the system's own. */
  readonly label: string;
}

/** Whatever the system plays through; follows the system by itself. */
export const SYSTEM_OUTPUT: OutputDevice = { id: 'default', label: '' };

export type OutputNotice =
  /** The chosen device is not there (any more), the system's own sounds instead; null: nothing is known of it. */
  | { readonly kind: 'output_lost'; readonly label: string | null }
  /** It is there again; the system's own sounds on until `takeBack`. */
  | { readonly kind: 'output_back'; readonly label: string }
  /** It is there and cannot be opened; the system's own sounds instead. */
  | { readonly kind: 'output_refused'; readonly label: string };

export interface OutputsView {
  /** Without the system's own. Empty where a browser does not say. */
  readonly devices: readonly OutputDevice[];
  readonly current: OutputDevice;
  /** The chosen device is there again, and waits to be taken back. */
  readonly isBack: boolean;
}

export interface OutputPorts {
  /** Null where a browser has none. */
  readonly devices: Pick<
    MediaDevices,
    'enumerateDevices' | 'addEventListener' | 'removeEventListener'
  > | null;
  readonly onChange: (view: OutputsView) => void;
  readonly notify: (notice: OutputNotice) => void;
  /** For developers: the devices could not be read, or not even the system's own be opened. */
  readonly onFailed: (cause: unknown) => void;
}

export interface Outputs {
  /** Looks which devices there are, and follows them. Once. */
  start(): void;
  /** Whose sound it is; until then a choice is only remembered. Without `setSinkId` it stays with the system's own. */
  attach(context: SinkContext): void;
  /** Null: the system's own. The last word counts. */
  choose(id: string | null): void;
  /** The chosen device sounds again, if it is back: nobody wants a room to fill with what was meant for their ears. */
  takeBack(): void;
  dispose(): void;
}

/** Chromium's names for whatever the system has chosen. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(['default', 'communications']);

const NONE: readonly OutputDevice[] = [];

const outputsAmong = (devices: readonly MediaDeviceInfo[]): readonly OutputDevice[] =>
  devices
    .filter(
      ({ kind, deviceId, label }) =>
        // A browser that may not tell lists one device without a name.
        kind === 'audiooutput' && deviceId !== '' && label !== '' && !OF_THE_SYSTEM.has(deviceId),
    )
    .map(({ deviceId, label }) => ({ id: deviceId, label }));

export const createOutputs = ({ devices, onChange, notify, onFailed }: OutputPorts): Outputs => {
  let sink: Sink | null = null;
  /** The browser plays through the system's own, whatever it is told. */
  let isFixed = false;
  /** Null until the first answer. */
  let present: readonly OutputDevice[] | null = null;
  let wanted: string | null = null;
  /** The wanted device, as it was when it was last there. */
  let seen: OutputDevice | null = null;
  /** Of the chosen device: whether it is to sound, was missed, or came back and was asked about. */
  let standing: 'wanted' | 'lost' | 'back' = 'wanted';
  /** Would not open; tried again when devices come or go. */
  let refused: ReadonlySet<string> = new Set();
  let opened = SYSTEM_OUTPUT.id;
  let told: OutputsView | null = null;
  let questions = 0;
  let isSettling = false;
  let mustSettleAgain = false;

  const wantedDevice = (): OutputDevice | null => present?.find(({ id }) => id === wanted) ?? null;

  const target = (): OutputDevice => {
    const device = wantedDevice();
    return device === null || standing !== 'wanted' || isFixed || refused.has(device.id)
      ? SYSTEM_OUTPUT
      : device;
  };

  const tell = (): void => {
    const view: OutputsView = {
      devices: isFixed ? NONE : (present ?? NONE),
      current: target(),
      isBack: standing === 'back' && !isFixed,
    };
    const isTold =
      told?.devices === view.devices && told.current.id === view.current.id && told.isBack === view.isBack;
    if (isTold) return;
    told = view;
    onChange(view);
  };

  const watch = (): void => {
    if (wanted === null || present === null || isFixed) return;
    const device = wantedDevice();
    if (device !== null) {
      if (standing === 'lost') {
        standing = 'back';
        notify({ kind: 'output_back', label: device.label });
      }
      seen = device;
    } else if (standing === 'back') {
      standing = 'lost';
    } else if (standing === 'wanted' && (seen !== null || present.length > 0)) {
      // Where no device has a name, none can be missed.
      standing = 'lost';
      notify({ kind: 'output_lost', label: seen?.label ?? null });
    }
  };

  const open = async (output: Sink, device: OutputDevice): Promise<void> => {
    try {
      await output.open(device.id === SYSTEM_OUTPUT.id ? '' : device.id);
      opened = device.id;
    } catch (cause) {
      if (device.id === SYSTEM_OUTPUT.id) {
        onFailed(cause);
        return;
      }
      refused = new Set([...refused, device.id]);
      mustSettleAgain = true;
      notify({ kind: 'output_refused', label: device.label });
    }
  };

  const settle = async (): Promise<void> => {
    tell();
    mustSettleAgain = true;
    if (isSettling) return;
    isSettling = true;
    while (mustSettleAgain) {
      mustSettleAgain = false;
      const device = target();
      if (sink !== null && device.id !== opened) await open(sink, device);
      tell();
    }
    isSettling = false;
  };

  const look = async (): Promise<void> => {
    if (devices === null) return;
    questions += 1;
    const question = questions;
    try {
      const answer = outputsAmong(await devices.enumerateDevices());
      if (question !== questions) return;
      present = answer;
      refused = new Set();
      watch();
      await settle();
    } catch (cause) {
      onFailed(cause);
    }
  };
  const onDeviceChange = (): void => void look();

  return {
    start: () => {
      devices?.addEventListener('devicechange', onDeviceChange);
      void look();
    },
    attach: (context) => {
      sink = sinkOf(context);
      isFixed = sink === null;
      void settle();
    },
    choose: (id) => {
      if (id === wanted) return;
      wanted = id;
      seen = null;
      standing = 'wanted';
      refused = new Set();
      watch();
      void settle();
    },
    takeBack: () => {
      if (standing !== 'back') return;
      standing = 'wanted';
      void settle();
    },
    dispose: () => devices?.removeEventListener('devicechange', onDeviceChange),
  };
};
