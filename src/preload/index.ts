/// <reference types="electron" />
/**
 * The one bridge into the window. Sandboxed: it knows the contract's names and Electron's bridge, nothing else. What is not
 * on the lists does not leave the window.
 */
import { contextBridge, ipcRenderer } from 'electron/renderer';
import { HOST_EVENTS, HOST_METHODS, type HostBridge } from '../contract/host-api.ts';
import type { HostReply } from '../contract/host-error.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/ipc-channels.ts';

const bridge: HostBridge = {
  shell: 'electron',

  async invoke(method, argument) {
    if (!Object.hasOwn(HOST_METHODS, method)) {
      return { ok: false, error: { code: 'invalid_argument', message: 'no such method' } };
    }
    // The main process answers with a `HostReply`, always (`main/bind-calls.ts`).
    return (await ipcRenderer.invoke(CALL_CHANNEL, method, argument)) as HostReply<unknown>;
  },

  subscribe(name, listener) {
    if (!Object.hasOwn(HOST_EVENTS, name)) return () => undefined;
    const forward = (_event: unknown, eventName: unknown, value: Parameters<typeof listener>[0]): void => {
      if (eventName === name) listener(value);
    };
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('riffle', bridge);
