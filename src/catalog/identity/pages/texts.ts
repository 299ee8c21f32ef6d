/** Every sentence of the pages, in English and German. */
export type Language = 'en' | 'de';

/** Waits are said in seconds while those can be counted, then in minutes too. */
const inSeconds = (
  seconds: number,
  words: {
    readonly second: string;
    readonly seconds: string;
    readonly about: string;
    readonly minutes: string;
  },
): string => {
  const plain = `${seconds} ${seconds === 1 ? words.second : words.seconds}`;
  return seconds < 120 ? plain : `${plain} (${words.about} ${Math.ceil(seconds / 60)} ${words.minutes})`;
};

const english = {
  signIn: 'Sign in',
  signInTo: (service: string) => `Sign in to ${service}`,
  signInLead: 'Then Riffle goes on by itself. It never sees your password, and you stay signed in.',
  login: 'Login name',
  password: 'Password',
  cancel: 'Cancel and go back to Riffle',
  demoHeading: 'Try it without an account',
  demo: { free: 'Free listener', premium: 'Premium listener' },
  demoFacts: { free: 'Everything plays, with ads now and then', premium: 'No ads, best sound, offline' },
  withAccount: 'Or with your account',
  goOnAs: (name: string) => `Go on as ${name}`,
  otherAccount: 'Use another account',
  signedInAs: (name: string) => `${name} is signed in with this browser.`,
  signOutHere: 'Sign out of this browser',
  problem: 'That did not work',
  wrong: 'Login name or password is not right. Check both and try again.',
  missing: 'Write both your login name and your password.',
  disabled: 'This account is switched off. Ask whoever runs this service.',
  wait: (seconds: number) =>
    `Too many wrong tries. Try again in ${inSeconds(seconds, { second: 'second', seconds: 'seconds', about: 'about', minutes: 'minutes' })}.`,
  busy: 'Many people are signing in just now. Try again in a few seconds.',
  deviceTitle: 'Connect a device',
  deviceLead: 'Write the code that Riffle shows on your other device.',
  deviceCode: 'Code',
  goOn: 'Continue',
  codeNotFound: 'There is no such code. Check it and try again.',
  codeExpired: 'This code is too old. Ask Riffle for a new one.',
  codeUsed: 'This code was used already. Ask Riffle for a new one.',
  codeMissing: 'Write the code.',
  codeAborted: 'The sign-in was cancelled. You can close this page.',
  confirmTitle: 'Is this your code?',
  confirmLead: (service: string) =>
    `Whoever shows this code gets into ${service} with your account. Go on only when your own device shows it right now.`,
  confirmYes: 'Yes, connect this device',
  confirmNo: 'No, cancel',
  deviceDoneTitle: 'The device is connected',
  deviceDone: 'Riffle goes on there by itself. You can close this page.',
  signOutTitle: 'Sign out of this browser?',
  signOutLead: 'Riffle stays signed in on your devices. Only this browser forgets who you are.',
  signOutYes: 'Sign out',
  signedOutTitle: 'Signed out',
  signedOut: 'This browser no longer knows you. You can close this page.',
  errorTitle: 'This sign-in cannot go on',
  errorExpired:
    'It took too long, or it was finished in another window. Go back to Riffle and sign in again.',
  errorRequest: 'The request was not in order. Go back to Riffle and sign in again.',
  errorForeign: 'This form was not sent from this page. Go back to Riffle and sign in again.',
  errorService: 'The service has a problem. Try again in a while; nothing of yours is lost.',
  errorCode: (code: string) => `For those who help you: ${code}`,
};

type Texts = typeof english;

const german: Texts = {
  signIn: 'Anmelden',
  signInTo: (service) => `Anmelden bei ${service}`,
  signInLead:
    'Danach geht es in Riffle von selbst weiter. Dein Passwort sieht Riffle nie, und du bleibst angemeldet.',
  login: 'Anmeldename',
  password: 'Passwort',
  cancel: 'Abbrechen und zurück zu Riffle',
  demoHeading: 'Ohne Konto ausprobieren',
  demo: { free: 'Hören ohne Abo', premium: 'Hören mit Premium' },
  demoFacts: { free: 'Alles spielt, ab und zu mit Werbung', premium: 'Ohne Werbung, bester Klang, offline' },
  withAccount: 'Oder mit deinem Konto',
  goOnAs: (name) => `Weiter als ${name}`,
  otherAccount: 'Ein anderes Konto verwenden',
  signedInAs: (name) => `${name} ist in diesem Browser angemeldet.`,
  signOutHere: 'Von diesem Browser abmelden',
  problem: 'Das hat nicht geklappt',
  wrong: 'Anmeldename oder Passwort stimmt nicht. Prüfe beides und versuche es noch einmal.',
  missing: 'Gib deinen Anmeldenamen und dein Passwort ein.',
  disabled: 'Dieses Konto ist abgeschaltet. Frag, wer diesen Dienst betreibt.',
  wait: (seconds) =>
    `Zu viele falsche Versuche. Versuche es in ${inSeconds(seconds, { second: 'Sekunde', seconds: 'Sekunden', about: 'etwa', minutes: 'Minuten' })} noch einmal.`,
  busy: 'Gerade melden sich viele an. Versuche es in ein paar Sekunden noch einmal.',
  deviceTitle: 'Ein Gerät verbinden',
  deviceLead: 'Gib den Code ein, den Riffle auf deinem anderen Gerät zeigt.',
  deviceCode: 'Code',
  goOn: 'Weiter',
  codeNotFound: 'Diesen Code gibt es nicht. Prüfe ihn und versuche es noch einmal.',
  codeExpired: 'Dieser Code ist zu alt. Lass dir von Riffle einen neuen geben.',
  codeUsed: 'Dieser Code wurde schon verwendet. Lass dir von Riffle einen neuen geben.',
  codeMissing: 'Gib den Code ein.',
  codeAborted: 'Die Anmeldung wurde abgebrochen. Du kannst diese Seite schließen.',
  confirmTitle: 'Ist das dein Code?',
  confirmLead: (service) =>
    `Wer diesen Code zeigt, kommt mit deinem Konto in ${service}. Mach nur weiter, wenn dein eigenes Gerät ihn gerade zeigt.`,
  confirmYes: 'Ja, dieses Gerät verbinden',
  confirmNo: 'Nein, abbrechen',
  deviceDoneTitle: 'Das Gerät ist verbunden',
  deviceDone: 'Dort geht es in Riffle von selbst weiter. Du kannst diese Seite schließen.',
  signOutTitle: 'Von diesem Browser abmelden?',
  signOutLead: 'Auf deinen Geräten bleibt Riffle angemeldet. Nur dieser Browser vergisst, wer du bist.',
  signOutYes: 'Abmelden',
  signedOutTitle: 'Abgemeldet',
  signedOut: 'Dieser Browser kennt dich nicht mehr. Du kannst diese Seite schließen.',
  errorTitle: 'Diese Anmeldung geht nicht weiter',
  errorExpired:
    'Sie hat zu lange gedauert oder wurde in einem anderen Fenster beendet. Geh zurück zu Riffle und melde dich noch einmal an.',
  errorRequest: 'Die Anfrage war nicht in Ordnung. Geh zurück zu Riffle und melde dich noch einmal an.',
  errorForeign:
    'Dieses Formular kam nicht von dieser Seite. Geh zurück zu Riffle und melde dich noch einmal an.',
  errorService: 'Der Dienst hat ein Problem. Versuche es später noch einmal; dir geht nichts verloren.',
  errorCode: (code) => `Für alle, die dir helfen: ${code}`,
};

export const TEXTS: Readonly<Record<Language, Texts>> = { en: english, de: german };

/** Of several wishes the first one that holds a language there is: `ui_locales` (spaces) before `Accept-Language` (weights). */
export const languageFor = (uiLocales: unknown, acceptLanguage: string | undefined): Language => {
  const wished = typeof uiLocales === 'string' ? uiLocales.split(' ') : [];
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((q) => q !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((first, second) => second.weight - first.weight);
  for (const tag of [...wished, ...accepted.map(({ tag }) => tag)]) {
    const [language] = tag.toLowerCase().split('-');
    if (language === 'en' || language === 'de') return language;
  }
  return 'en';
};
