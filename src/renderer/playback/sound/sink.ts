/** As much of an AudioContext as is asked here. */
export interface SinkContext extends EventTarget {
  readonly state: string;
}

/** Where the sound of a context comes out. */
export interface Sink {
  /** Empty: the system's own. Rejects when the device cannot be opened; the context stays where it was. */
  open(deviceId: string): Promise<void>;
}

/** Of AudioContext, where there is one (W3C Web Audio API 1.1; not in the compiler's library yet). */
interface ChangesSink {
  setSinkId(deviceId: string): Promise<void>;
}

const changesSink = (context: SinkContext): context is SinkContext & ChangesSink =>
  'setSinkId' in context && typeof context.setSinkId === 'function';

/** Changing takes some 10 ms in Chromium; by now the new device is not going to sound. */
const BACK_WITHIN_MS = 1000;

/**
 * Null where a context cannot be told. To change its device a running context stops for a moment, and says so; who listens to its state
 * (an engine that takes it for a device that went away) shall not hear of that, only of a context that does not run again. For this it has
 * to be asked for before anybody listens.
 */
export const sinkOf = (context: SinkContext): Sink | null => {
  if (!changesSink(context)) return null;
  /** What the state was before the change that is under way. */
  let before: string | null = null;
  let isBack = (): void => undefined;
  context.addEventListener(
    'statechange',
    (event) => {
      if (before === null) return;
      event.stopImmediatePropagation();
      if (context.state === before) isBack();
    },
    { capture: true },
  );
  return {
    open: async (deviceId) => {
      before = context.state;
      let patience: ReturnType<typeof setTimeout> | undefined;
      try {
        await context.setSinkId(deviceId);
      } finally {
        await new Promise<void>((settle) => {
          isBack = settle;
          if (context.state === before) settle();
          else patience = setTimeout(settle, BACK_WITHIN_MS);
        });
        clearTimeout(patience);
        const isAsBefore = context.state === before;
        before = null;
        if (!isAsBefore) context.dispatchEvent(new Event('statechange'));
      }
    },
  };
};
