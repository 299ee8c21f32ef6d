/** For this folder's tests: devices that come and go, and a context that plays through them. */
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';

export class FakeDevices extends EventTarget {
  #present: readonly MediaDeviceInfo[] = [];
  /** Whoever asks waits until `answer`. */
  isSlow = false;
  readonly #waiting: (() => void)[] = [];
  failure: Error | null = null;

  /** `id` and what it is called are the same. */
  plug(...ids: readonly string[]): void {
    this.#present = [{ id: 'default', label: 'Default' }, ...ids.map((id) => ({ id, label: id }))].map(
      ({ id, label }): MediaDeviceInfo => ({
        deviceId: id,
        groupId: '',
        kind: 'audiooutput',
        label,
        toJSON: () => ({}),
      }),
    );
    this.dispatchEvent(new Event('devicechange'));
  }

  /** As in a browser that may not tell. */
  hide(): void {
    this.#present = [
      { deviceId: '', groupId: '', kind: 'audiooutput', label: '', toJSON: () => ({}) },
      { deviceId: 'mic', groupId: '', kind: 'audioinput', label: 'A microphone', toJSON: () => ({}) },
    ];
    this.dispatchEvent(new Event('devicechange'));
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const answer = [...this.#present];
    if (this.failure !== null) throw this.failure;
    if (this.isSlow) await new Promise<void>((settle) => this.#waiting.push(settle));
    return answer;
  }

  /** Answers the question that was asked last. */
  answerLast(): void {
    this.#waiting.pop()?.();
  }
}

/** A running context that changes its device as Chromium's do: stopped, changed, and running again a little later. */
export class FakeContext extends EventTarget {
  sinkId = '';
  state = 'running';
  readonly refuses = new Set<string>();
  /** Does not run again by itself. */
  isStuck = false;

  #become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  async setSinkId(id: string): Promise<void> {
    if (this.refuses.has(id)) throw new DOMException(`${id} cannot be opened`, 'NotFoundError');
    if (this.state === 'running') {
      this.#become('suspended');
      setTimeout(() => {
        if (!this.isStuck) this.#become('running');
      }, 1);
    }
    this.sinkId = id;
  }
}

export const settingsWith = (change: Partial<Settings>): Settings => ({ ...DEFAULT_SETTINGS, ...change });
