import type { HostEventName, HostEvents } from '../contract/host-api.ts';
import type { Log } from './ports.ts';

export type Unsubscribe = () => void;
export type Subscribe = <Name extends HostEventName>(
  name: Name,
  listener: (value: HostEvents[Name]) => void,
) => Unsubscribe;

export interface HostEventSource {
  readonly subscribe: Subscribe;
  emit<Name extends HostEventName>(name: Name, value: HostEvents[Name]): void;
  clear(): void;
}

type Listeners = { [Name in HostEventName]: Set<(value: HostEvents[Name]) => void> };

/** Facts that have happened, told to whoever listens. A listener that throws does not keep the others from hearing. */
export const createHostEvents = (log: Log): HostEventSource => {
  const listeners: Listeners = {
    session: new Set(),
    status: new Set(),
    settings: new Set(),
    history: new Set(),
    downloads: new Set(),
    marks: new Set(),
    commands: new Set(),
    update: new Set(),
    library: new Set(),
    import: new Set(),
    privacy: new Set(),
    scrobbling: new Set(),
  };
  return {
    subscribe(name, listener) {
      listeners[name].add(listener);
      return () => {
        listeners[name].delete(listener);
      };
    },
    emit(name, value) {
      for (const listener of listeners[name]) {
        try {
          listener(value);
        } catch (error) {
          log.error('event listener failed', { name, error });
        }
      }
    },
    clear() {
      for (const set of Object.values(listeners)) set.clear();
    },
  };
};
