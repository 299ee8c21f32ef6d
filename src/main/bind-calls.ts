import { HOST_METHODS, type HostApi, type HostMethod } from '../contract/host-api.ts';
import { HostFailure, type HostError, type HostReply } from '../contract/host-error.ts';
import { HOST_ARGUMENTS } from './host-arguments.ts';
import type { Log } from './ports.ts';

/** Answers any call, whatever its name and argument; never rejects. */
export type HostCall = (method: string, argument: unknown) => Promise<HostReply<unknown>>;
export type HostHandlers = Readonly<Record<HostMethod, (argument: unknown) => Promise<unknown>>>;

export const isHostMethod = (name: string): name is HostMethod => Object.hasOwn(HOST_METHODS, name);

/**
 * Each method by its name on the wire, its argument checked before it runs. Who does the work of an area is asked at each call:
 * with another account it is somebody else. `ownerOf` throws the failure when it is nobody.
 */
export const bindHandlers = (ownerOf: (area: keyof HostApi) => HostApi[keyof HostApi]): HostHandlers => {
  const bind = (method: HostMethod) => {
    const [area = '', name = ''] = method.split('.');
    return async (argument: unknown): Promise<unknown> => {
      const parsed = HOST_ARGUMENTS[method].safeParse(argument);
      if (parsed.success) {
        const owner: object = ownerOf(area as keyof HostApi);
        // `HostMethod` is derived from `HostApi`, so the function is there; its parameter is what the schema gives.
        const action = Reflect.get(owner, name) as (argument: unknown) => Promise<unknown>;
        return action(parsed.data);
      }
      const places = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'argument'}: ${issue.message}`,
      );
      throw new HostFailure('invalid_argument', `${method}: ${places.slice(0, 3).join('; ')}`);
    };
  };
  const methods = Object.keys(HOST_METHODS).filter(isHostMethod);
  return Object.fromEntries(methods.map((method) => [method, bind(method)])) as HostHandlers;
};

/** The one place where results and failures become replies, for both shells. */
export const bindCalls = (handlers: HostHandlers, log: Log): HostCall => {
  const failed = (error: HostError): HostReply<never> => ({ ok: false, error });
  return async (method, argument) => {
    if (!isHostMethod(method)) return failed({ code: 'invalid_argument', message: 'no such method' });
    try {
      return { ok: true, value: await handlers[method](argument) };
    } catch (error) {
      if (error instanceof HostFailure) return failed({ code: error.code, message: error.message });
      log.error('call failed', { method, error });
      return failed({ code: 'internal', message: `${method} failed` });
    }
  };
};
