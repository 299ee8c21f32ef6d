import { HOST_EVENTS, type HostEventName } from '../contract/host-api.ts';

/** Every event, for shells that pass all of them on. */
export const HOST_EVENT_NAMES = Object.keys(HOST_EVENTS) as readonly HostEventName[];
