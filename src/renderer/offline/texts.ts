import type { SameTexts } from '../i18n/same-texts.ts';

/** What is said of music on this computer. */
export const en = {
  column: 'On this computer',
  mark: {
    kept: 'Kept',
    locked: 'Locked: go online once to unlock it',
    cached: 'Played before',
    fetching: 'Fetching, {{percent}}',
    queued: 'Waits its turn',
    needsNetwork: 'Needs network',
    failed: 'Not fetched: {{reason}}',
  },
  why: {
    offline: 'there is no network',
    service_unreachable: 'the service does not answer',
    not_found: 'no longer in the catalog',
    invalid_argument: 'the catalog has a wrong entry for it',
    forbidden: 'not allowed for this listener',
    media_unavailable: 'its sound cannot be had',
    storage_failed: 'the disk is full or cannot be written',
    limit_reached: 'it would go over the limit for kept music',
    lease_over: 'go online once to unlock it',
    cancelled: 'it was stopped',
    internal: 'Riffle made a mistake',
  },
  toast: {
    notKept: '{{title}} cannot be kept now',
    stopped: '{{title}} is no longer kept',
    removedAll: 'Nothing is kept any more',
    undo: 'Undo',
    notDone: 'That did not work',
    why: 'Reason: {{reason}}.',
  },
} as const;

export const de = {
  column: 'Auf diesem Computer',
  mark: {
    kept: 'Behalten',
    locked: 'Gesperrt: einmal online gehen, dann spielt es wieder',
    cached: 'Schon gespielt',
    fetching: 'Wird geladen, {{percent}}',
    queued: 'Wartet, bis es dran ist',
    needsNetwork: 'Braucht Netz',
    failed: 'Nicht geladen: {{reason}}',
  },
  why: {
    offline: 'es gibt kein Netz',
    service_unreachable: 'der Dienst antwortet nicht',
    not_found: 'nicht mehr im Katalog',
    invalid_argument: 'im Katalog falsch eingetragen',
    forbidden: 'für dich nicht freigegeben',
    media_unavailable: 'der Ton ist nicht zu bekommen',
    storage_failed: 'der Datenträger ist voll oder schreibgeschützt',
    limit_reached: 'die Grenze für Behaltenes wäre überschritten',
    lease_over: 'einmal online gehen, dann spielt es wieder',
    cancelled: 'es wurde abgebrochen',
    internal: 'Riffle hat einen Fehler gemacht',
  },
  toast: {
    notKept: '{{title}} lässt sich gerade nicht behalten',
    stopped: '{{title}} wird nicht mehr behalten',
    removedAll: 'Nichts wird mehr behalten',
    undo: 'Rückgängig',
    notDone: 'Das hat nicht geklappt',
    why: 'Grund: {{reason}}.',
  },
} satisfies SameTexts<typeof en>;
