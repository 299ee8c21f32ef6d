import type { SignInFailure } from '../../contract/session.ts';

/** What the page in the browser may have to say. */
export type CallbackOutcome = 'signed_in' | 'already_used' | 'cancelled' | SignInFailure;

export interface CallbackText {
  readonly title: string;
  readonly text: string;
}
export type CallbackTexts = Readonly<Record<CallbackOutcome, CallbackText>>;

const tryAgainEn = 'Go back to Riffle and try again.';
const tryAgainDe = 'Geh zurück zu Riffle und versuch es noch einmal.';

export const CALLBACK_TEXTS: Readonly<Record<'en' | 'de', CallbackTexts>> = {
  en: {
    signed_in: { title: 'You are signed in', text: 'You can close this page and go back to Riffle.' },
    already_used: {
      title: 'This page has done its work',
      text: 'A sign-in can be finished once only. You can close this page and go back to Riffle.',
    },
    cancelled: {
      title: 'This sign-in was stopped',
      text: 'It was stopped in Riffle, or a newer one took its place. You can close this page.',
    },
    denied: { title: 'You are not signed in', text: `The sign-in was declined. ${tryAgainEn}` },
    timed_out: { title: 'That took too long', text: `The sign-in has run out. ${tryAgainEn}` },
    not_ours: {
      title: 'This does not belong to your sign-in',
      text: 'Riffle has not accepted this answer. If you did not ask to sign in just now, close this page; otherwise go back to Riffle and start again from there.',
    },
    code_refused: {
      title: 'You are not signed in',
      text: `The sign-in service did not accept its own answer, perhaps because it was used before. ${tryAgainEn}`,
    },
    bad_token: {
      title: 'You are not signed in',
      text: 'What the sign-in service sent cannot be trusted. Check that the date and time of this computer are right, then try again from Riffle.',
    },
    no_port: { title: 'You are not signed in', text: `Riffle could not take the answer. ${tryAgainEn}` },
    no_browser: { title: 'You are not signed in', text: tryAgainEn },
    not_offered: {
      title: 'You are not signed in',
      text: 'The sign-in service does not offer what Riffle needs. Whoever runs it can help.',
    },
    issuer_unreachable: {
      title: 'You are not signed in',
      text: `The sign-in service does not answer. Go back to Riffle and try again in a while.`,
    },
    service_unreachable: {
      title: 'You are not signed in',
      text: `The music service does not answer. Go back to Riffle and try again in a while.`,
    },
    offline: {
      title: 'You are not signed in',
      text: `There is no network. Connect this computer, then try again from Riffle.`,
    },
    not_kept: {
      title: 'You are not signed in',
      text: 'Riffle could not keep the sign-in on this computer. Make sure that there is room on the disk and that the key store is unlocked, then try again from Riffle.',
    },
    refused: {
      title: 'You are not signed in',
      text: 'The music service does not take this account. Go back to Riffle and sign in with the account that belongs there.',
    },
    internal: { title: 'Something went wrong', text: tryAgainEn },
  },
  de: {
    signed_in: {
      title: 'Du bist angemeldet',
      text: 'Du kannst diese Seite schließen und zu Riffle zurückgehen.',
    },
    already_used: {
      title: 'Diese Seite hat ihre Arbeit getan',
      text: 'Eine Anmeldung lässt sich nur einmal abschließen. Du kannst diese Seite schließen und zu Riffle zurückgehen.',
    },
    cancelled: {
      title: 'Diese Anmeldung wurde abgebrochen',
      text: 'Sie wurde in Riffle abgebrochen, oder eine neuere ist an ihre Stelle getreten. Du kannst diese Seite schließen.',
    },
    denied: { title: 'Du bist nicht angemeldet', text: `Die Anmeldung wurde abgelehnt. ${tryAgainDe}` },
    timed_out: { title: 'Das hat zu lange gedauert', text: `Die Anmeldung ist abgelaufen. ${tryAgainDe}` },
    not_ours: {
      title: 'Das gehört nicht zu deiner Anmeldung',
      text: 'Riffle hat diese Antwort nicht angenommen. Wenn du dich gerade nicht anmelden wolltest, schließ diese Seite; sonst geh zurück zu Riffle und fang dort von vorn an.',
    },
    code_refused: {
      title: 'Du bist nicht angemeldet',
      text: `Der Anmeldedienst hat seine eigene Antwort nicht angenommen, vielleicht weil sie schon benutzt war. ${tryAgainDe}`,
    },
    bad_token: {
      title: 'Du bist nicht angemeldet',
      text: 'Dem, was der Anmeldedienst geschickt hat, ist nicht zu trauen. Sieh nach, ob Datum und Uhrzeit dieses Computers stimmen, und versuch es dann von Riffle aus noch einmal.',
    },
    no_port: {
      title: 'Du bist nicht angemeldet',
      text: `Riffle konnte die Antwort nicht entgegennehmen. ${tryAgainDe}`,
    },
    no_browser: { title: 'Du bist nicht angemeldet', text: tryAgainDe },
    not_offered: {
      title: 'Du bist nicht angemeldet',
      text: 'Der Anmeldedienst bietet nicht an, was Riffle braucht. Wer ihn betreibt, kann helfen.',
    },
    issuer_unreachable: {
      title: 'Du bist nicht angemeldet',
      text: 'Der Anmeldedienst antwortet nicht. Geh zurück zu Riffle und versuch es in einer Weile noch einmal.',
    },
    service_unreachable: {
      title: 'Du bist nicht angemeldet',
      text: 'Der Musikdienst antwortet nicht. Geh zurück zu Riffle und versuch es in einer Weile noch einmal.',
    },
    offline: {
      title: 'Du bist nicht angemeldet',
      text: 'Es gibt kein Netz. Verbinde diesen Computer und versuch es dann von Riffle aus noch einmal.',
    },
    not_kept: {
      title: 'Du bist nicht angemeldet',
      text: 'Riffle konnte die Anmeldung auf diesem Computer nicht behalten. Sieh nach, ob auf der Platte Platz und der Schlüsselspeicher entsperrt ist, und versuch es dann von Riffle aus noch einmal.',
    },
    refused: {
      title: 'Du bist nicht angemeldet',
      text: 'Der Musikdienst nimmt dieses Konto nicht an. Geh zurück zu Riffle und melde dich mit dem Konto an, das dort gilt.',
    },
    internal: { title: 'Etwas ist schiefgegangen', text: tryAgainDe },
  },
};
