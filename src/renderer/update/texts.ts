import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  notDone: 'Riffle could not do that about updates',
  running: 'You have Riffle {{version}}.',
  unsupported: {
    title: 'This Riffle does not update itself',
    shell: 'It was started from its sources or shows itself in a browser. It is as new as what you started.',
    no_feed: 'It was built without an address to ask. Get new versions where you got this one.',
    no_rights:
      'It was installed for everybody or by your system’s packages, and new versions come from there.',
  },
  off: {
    title: 'Updates are off',
    help: 'Riffle asks nobody for new versions. What is mended in them, safety included, does not reach you.',
  },
  idle: {
    title: 'Nothing newer',
    never: 'Not asked yet',
    asked: 'Last asked: {{moment}}.',
    soon: 'Riffle asks by itself in a moment.',
  },
  checking: { title: 'Asking for a new version', help: 'It takes a moment.' },
  available: {
    title: 'Riffle {{version}} is there',
    ask: 'It is {{size}} at most. Fetching it disturbs no music.',
    metered: 'It is {{size}} at most, and waits: this network is paid by use.',
    now: 'It is {{size}} at most, and will be fetched in a moment.',
  },
  downloading: {
    title: 'Fetching Riffle {{version}}',
    progress: '{{done}} of {{total}}. Music goes first.',
    meter: 'Fetched of the update',
  },
  ready: {
    title: 'Riffle {{version}} is ready',
    help: 'It takes a few seconds. Queue and place stay as they are.',
    playing: 'Riffle restarts only when nothing plays.',
    waiting: 'Riffle restarts when this track is over.',
  },
  installing: { title: 'Riffle {{version}} takes its place', help: 'The window closes and comes back.' },
  rolledBack: {
    title: 'Riffle {{from}} did not start',
    help: 'It failed twice, so {{to}} was put back on {{moment}}. You lost nothing. {{from}} is not offered again; the version after it is.',
  },
  failed: { retry: 'Riffle goes on as it is, and tries again by itself: {{moment}}.' },
  reasons: {
    offline: { title: 'No network', help: 'New versions cannot be asked for now.' },
    feed_unreachable: {
      title: 'The place for updates does not answer',
      help: 'There is a network, but nobody answers where new versions lie.',
    },
    bad_manifest: { title: 'The answer makes no sense', help: 'What came is no list of versions.' },
    bad_signature: {
      title: 'The new version is not signed by Riffle’s makers',
      help: 'It was refused. If this stays so, somebody may be meddling with this network.',
    },
    expired: {
      title: 'The answer is out of date',
      help: 'Check the clock of this computer. If it is right, nobody has looked after the updates.',
    },
    out_of_order: {
      title: 'The answer is older than one before',
      help: 'It was refused, so that nobody can hand you an old version. Check the clock of this computer, too.',
    },
    wrong_channel: {
      title: 'The answer is of another channel',
      help: 'What came is not of the channel that you chose.',
    },
    feed_differs: {
      title: 'The updates are just being changed',
      help: 'What is signed and what lies there are not the same yet.',
    },
    bad_payload: {
      title: 'What was fetched is not what was signed',
      help: 'It was thrown away, and nothing was installed.',
    },
    storage_failed: {
      title: 'The new version could not be written',
      help: 'The disk is full or cannot be written.',
    },
    install_failed: { title: 'The new version could not be installed', help: 'The one that runs stays.' },
    internal: { title: 'Riffle made a mistake', help: 'The log says which.' },
  },
  notes: 'What is new in {{version}}',
  actions: {
    check: 'Check now',
    download: 'Fetch it',
    downloadAnyway: 'Fetch it anyway',
    restart: 'Restart to update',
    afterTrack: 'After this track',
    skip: 'Skip this version',
    acknowledge: 'Understood',
    again: 'Try again',
  },
  mode: {
    label: 'New versions',
    help: {
      automatic: 'They are fetched quietly, unless the network is paid by use. You say when to restart.',
      ask: 'Riffle says so when there is one. Nothing is fetched before you ask for it.',
      off: 'No question goes out. What is mended, safety included, does not reach you.',
    },
    options: { automatic: 'Automatic', ask: 'Ask', off: 'Off' },
  },
  channel: {
    label: 'Channel',
    help: {
      stable: 'Versions that have been in use for a while.',
      beta: 'Earlier, and with more mistakes. Back to stable, the next stable version takes its place.',
    },
    options: { stable: 'Stable', beta: 'Beta' },
  },
  skipped: {
    label: 'Skipped: {{version}}',
    help: 'The version after it is offered again.',
    again: 'Offer it again',
  },
  mark: {
    ready: '{{settings}}: an update is ready',
    available: '{{settings}}: there is an update',
    rolledBack: '{{settings}}: an update was taken back',
  },
  fact: {
    name: 'Update',
    off: 'Off',
    idle: 'Nothing newer',
    checking: 'Asking',
    available: '{{version}} is there',
    downloading: '{{version}}, {{percent}}',
    ready: '{{version}} is ready',
    installing: '{{version}} takes its place',
    rolledBack: '{{from}} was taken back',
    failed: 'Could not be asked for',
  },
} as const;

export const de: SameTexts<typeof en> = {
  notDone: 'Riffle konnte das mit den Updates nicht tun',
  running: 'Du hast Riffle {{version}}.',
  unsupported: {
    title: 'Dieses Riffle erneuert sich nicht selbst',
    shell:
      'Es wurde aus seinen Quellen gestartet oder zeigt sich im Browser. Es ist so neu wie das, was du gestartet hast.',
    no_feed: 'Es wurde ohne Adresse für Updates gebaut. Neue Versionen gibt es dort, woher du dieses hast.',
    no_rights:
      'Es wurde für alle oder von den Paketen deines Systems installiert, und neue Versionen kommen von dort.',
  },
  off: {
    title: 'Updates sind aus',
    help: 'Riffle fragt niemanden nach neuen Versionen. Was darin behoben ist, auch an der Sicherheit, erreicht dich nicht.',
  },
  idle: {
    title: 'Nichts Neueres',
    never: 'Noch nicht gefragt',
    asked: 'Zuletzt gefragt: {{moment}}.',
    soon: 'Riffle fragt gleich von selbst.',
  },
  checking: { title: 'Fragt nach einer neuen Version', help: 'Das dauert einen Augenblick.' },
  available: {
    title: 'Riffle {{version}} ist da',
    ask: 'Es sind höchstens {{size}}. Das Holen stört keine Musik.',
    metered: 'Es sind höchstens {{size}}, und es wartet: Dieses Netz kostet nach Verbrauch.',
    now: 'Es sind höchstens {{size}}, und es wird gleich geholt.',
  },
  downloading: {
    title: 'Holt Riffle {{version}}',
    progress: '{{done}} von {{total}}. Musik geht vor.',
    meter: 'Vom Update geholt',
  },
  ready: {
    title: 'Riffle {{version}} ist bereit',
    help: 'Es dauert ein paar Sekunden. Warteschlange und Stelle bleiben, wie sie sind.',
    playing: 'Riffle startet nur neu, wenn nichts spielt.',
    waiting: 'Riffle startet neu, wenn dieser Titel zu Ende ist.',
  },
  installing: {
    title: 'Riffle {{version}} wird eingesetzt',
    help: 'Das Fenster schließt sich und kommt wieder.',
  },
  rolledBack: {
    title: 'Riffle {{from}} ist nicht gestartet',
    help: 'Es ist zweimal gescheitert, deshalb wurde am {{moment}} wieder {{to}} eingesetzt. Du hast nichts verloren. {{from}} wird nicht noch einmal angeboten, die Version danach schon.',
  },
  failed: { retry: 'Riffle läuft weiter wie bisher und versucht es von selbst wieder: {{moment}}.' },
  reasons: {
    offline: { title: 'Kein Netz', help: 'Nach neuen Versionen lässt sich gerade nicht fragen.' },
    feed_unreachable: {
      title: 'Der Ort für Updates antwortet nicht',
      help: 'Es gibt ein Netz, aber dort, wo neue Versionen liegen, antwortet niemand.',
    },
    bad_manifest: {
      title: 'Die Antwort ergibt keinen Sinn',
      help: 'Was kam, ist keine Liste von Versionen.',
    },
    bad_signature: {
      title: 'Die neue Version ist nicht von den Machern unterschrieben',
      help: 'Sie wurde abgelehnt. Bleibt es so, macht sich vielleicht jemand an diesem Netz zu schaffen.',
    },
    expired: {
      title: 'Die Antwort ist abgelaufen',
      help: 'Sieh nach der Uhr dieses Computers. Geht sie richtig, kümmert sich gerade niemand um die Updates.',
    },
    out_of_order: {
      title: 'Die Antwort ist älter als eine frühere',
      help: 'Sie wurde abgelehnt, damit dir niemand eine alte Version unterschiebt. Sieh auch nach der Uhr dieses Computers.',
    },
    wrong_channel: {
      title: 'Die Antwort gehört zu einem anderen Kanal',
      help: 'Was kam, ist nicht aus dem Kanal, den du gewählt hast.',
    },
    feed_differs: {
      title: 'Die Updates werden gerade geändert',
      help: 'Was unterschrieben ist und was dort liegt, ist noch nicht dasselbe.',
    },
    bad_payload: {
      title: 'Was geholt wurde, ist nicht, was unterschrieben war',
      help: 'Es wurde weggeworfen, und nichts wurde installiert.',
    },
    storage_failed: {
      title: 'Die neue Version ließ sich nicht schreiben',
      help: 'Die Festplatte ist voll oder lässt sich nicht beschreiben.',
    },
    install_failed: {
      title: 'Die neue Version ließ sich nicht installieren',
      help: 'Die bleibt, die gerade läuft.',
    },
    internal: { title: 'Riffle hat einen Fehler gemacht', help: 'Im Protokoll steht, welchen.' },
  },
  notes: 'Was in {{version}} neu ist',
  actions: {
    check: 'Jetzt nachsehen',
    download: 'Holen',
    downloadAnyway: 'Trotzdem holen',
    restart: 'Für das Update neu starten',
    afterTrack: 'Nach diesem Titel',
    skip: 'Diese Version auslassen',
    acknowledge: 'Verstanden',
    again: 'Noch einmal versuchen',
  },
  mode: {
    label: 'Neue Versionen',
    help: {
      automatic:
        'Sie werden still geholt, außer das Netz kostet nach Verbrauch. Wann neu gestartet wird, sagst du.',
      ask: 'Riffle sagt, wenn es eine gibt. Geholt wird nichts, bevor du es willst.',
      off: 'Keine Frage geht hinaus. Was behoben ist, auch an der Sicherheit, erreicht dich nicht.',
    },
    options: { automatic: 'Automatisch', ask: 'Fragen', off: 'Aus' },
  },
  channel: {
    label: 'Kanal',
    help: {
      stable: 'Versionen, die schon eine Weile im Gebrauch sind.',
      beta: 'Früher und mit mehr Fehlern. Zurück bei Stabil löst sie die nächste stabile Version ab.',
    },
    options: { stable: 'Stabil', beta: 'Beta' },
  },
  skipped: {
    label: 'Ausgelassen: {{version}}',
    help: 'Die Version danach wird wieder angeboten.',
    again: 'Wieder anbieten',
  },
  mark: {
    ready: '{{settings}}: ein Update ist bereit',
    available: '{{settings}}: es gibt ein Update',
    rolledBack: '{{settings}}: ein Update wurde zurückgenommen',
  },
  fact: {
    name: 'Update',
    off: 'Aus',
    idle: 'Nichts Neueres',
    checking: 'Fragt nach',
    available: '{{version}} ist da',
    downloading: '{{version}}, {{percent}}',
    ready: '{{version}} ist bereit',
    installing: '{{version}} wird eingesetzt',
    rolledBack: '{{from}} wurde zurückgenommen',
    failed: 'Nachfragen ging nicht',
  },
};
