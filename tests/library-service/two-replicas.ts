/** Two replicas of a service over one store, listeners with tokens, and apps that listen for news over real HTTP. */
import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import { COGNITO_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import type { ServiceOptions } from '../../src/catalog/api/service-options.ts';
import {
  changesReplySchema,
  documentEventSchema,
  documentReplySchema,
  libraryPaths,
  type DocumentEvent,
} from '../../src/contract/library-http.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { startCognitoLikeIssuer } from '../fakes/cognito-like-issuer.ts';
import type { Read, Send } from './devices.ts';

export interface Listener {
  readonly id: string;
  readonly token: string;
  ask(service: RunningService, path: string, init?: RequestInit): Promise<Response>;
  json<Schema extends z.ZodType>(
    service: RunningService,
    schema: Schema,
    path: string,
    init?: RequestInit,
  ): Promise<z.output<Schema>>;
  sendTo(service: RunningService): Send;
  readFrom(service: RunningService): Read;
  listenTo(service: RunningService): Promise<EventEar>;
}

export interface EventEar {
  readonly events: readonly DocumentEvent[];
  /** Waits for one that has not come yet or has. */
  heard(is: (event: DocumentEvent) => boolean): Promise<DocumentEvent>;
  /** How often it was told that plays are others. */
  playsTold(): number;
  readonly ended: Promise<void>;
  close(): void;
}

export interface TwoReplicas {
  readonly home: ServiceHome;
  readonly one: RunningService;
  readonly other: RunningService;
  readonly log: readonly string[];
  listener(id: string, tokenSeconds?: number): Promise<Listener>;
  close(): Promise<void>;
}

const WITHIN_MS = 10_000;

/** `body` with its type, as the app sends it. */
export const sending = (method: string, body?: unknown): RequestInit => ({
  method,
  ...(body === undefined
    ? {}
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

/** A connection of its own: those that `fetch` keeps open would keep the service from stopping. */
const openStream = (url: string, token: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false, signal, headers: { authorization: `Bearer ${token}` } }, resolve).once(
      'error',
      reject,
    );
  });

const earOn = (response: IncomingMessage, stop: AbortController): EventEar => {
  if (response.statusCode !== 200) throw new Error(`no events: ${response.statusCode}`);
  const events: DocumentEvent[] = [];
  let playsTold = 0;
  const waiting = new Set<() => void>();
  const read = async (): Promise<void> => {
    let text = '';
    response.setEncoding('utf8');
    for await (const chunk of response) {
      text += String(chunk);
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const event of whole) {
        const data = /^event: document\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) events.push(documentEventSchema.parse(JSON.parse(data)));
        if (event.startsWith('event: plays\ndata: ')) playsTold += 1;
      }
      for (const look of waiting) look();
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    events,
    playsTold: () => playsTold,
    ended,
    close: () => stop.abort(),
    heard: (is) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('It was not told in time.')), WITHIN_MS);
        const look = (): void => {
          const event = events.find(is);
          if (event === undefined) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(event);
        };
        waiting.add(look);
        look();
      }),
  };
};

export const openTwoReplicas = async (options: Partial<ServiceOptions> = {}): Promise<TwoReplicas> => {
  const issuer = await startCognitoLikeIssuer();
  const home = await openServiceHome();
  const log: string[] = [];
  const start = async (): Promise<RunningService> =>
    home.start({
      indexFolder: join(home.indexFolder, randomUUID()),
      limits: null,
      logger: { level: 'info', stream: { write: (line) => log.push(line) } },
      signIn: {
        mode: {
          kind: 'issuer',
          issuer: issuer.issuer,
          clientId: issuer.clientId,
          audience: null,
          scope: 'openid',
          resource: null,
          claims: COGNITO_CLAIMS,
        },
      },
      ...options,
    });
  const [one, other] = [await start(), await start()];
  const listener = async (id: string, tokenSeconds = 3600): Promise<Listener> => {
    const claims = issuer.accessClaims({ sub: id, username: id, groups: ['premium'] });
    const token = await issuer.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + tokenSeconds });
    const ask: Listener['ask'] = (service, path, init = {}) =>
      service.fetch(path, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
      });
    const json: Listener['json'] = async (service, schema, path, init) => {
      const response = await ask(service, path, init);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return schema.parse(await response.json());
    };
    return {
      id,
      token,
      ask,
      json,
      sendTo: (service) => async (request) =>
        (await json(service, changesReplySchema, libraryPaths.changes, sending('POST', request))).outcomes,
      readFrom: (service) => async (document, after) => {
        const path = libraryPaths.document.replace(':document', document);
        const response = await ask(service, `${path}?after=${after}`);
        return response.status === 404 ? null : documentReplySchema.parse(await response.json());
      },
      listenTo: async (service) => {
        const stop = new AbortController();
        onTestFinished(() => stop.abort());
        const url = `${service.url}${libraryPaths.events}`;
        return earOn(await openStream(url, token, stop.signal), stop);
      },
    };
  };
  const close = async (): Promise<void> => {
    await home.close();
    await issuer.close();
  };
  return { home, one, other, log, listener, close };
};
