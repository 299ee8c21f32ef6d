/** The pages of sign-in: HTML without scripts, each a pure function of what is to be seen. */
import { html, Html } from './html.ts';
import { ICON, MARK } from './mark.ts';
import { PAGE_STYLE } from './style.ts';
import { TEXTS, type Language } from './texts.ts';

/** Of the installation, and who looks at it. */
export interface PageFrame {
  readonly serviceName: string;
  readonly picture: string | null;
  readonly language: Language;
}

export type SignInProblem =
  | { readonly kind: 'wrong' | 'missing' | 'disabled' | 'busy' }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface SignInView {
  readonly action: string;
  /** What was typed, or hinted at by the app. */
  readonly login: string;
  readonly problem: SignInProblem | null;
  /** The name of whom the browser knows and who may go on without a password. */
  readonly knownName: string | null;
  readonly demo: boolean;
}

export type CodeProblem = 'not_found' | 'expired' | 'used' | 'missing' | 'aborted' | 'service';

export interface DeviceCodeView {
  readonly action: string;
  readonly xsrf: string;
  readonly code: string;
  readonly problem: CodeProblem | null;
}

type ErrorKind = 'expired' | 'request' | 'foreign' | 'service';
export type PageError = ErrorKind | { readonly kind: 'wait'; readonly seconds: number };

const STYLE = new Html(`<style>${PAGE_STYLE}</style>`);

const page = ({ serviceName, picture, language }: PageFrame, title: string, body: Html): string =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title} – ${serviceName}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="${ICON}" />
        ${STYLE}
      </head>
      <body>
        <main>
          <div class="mark">${MARK}${picture === null ? null : html`<img src="${picture}" alt="" />`}</div>
          ${body}
        </main>
        <footer>${serviceName} · Riffle</footer>
      </body>
    </html> `.text;

/** Takes the focus, so that it is heard first. */
const problemBox = (language: Language, sentence: string): Html =>
  html`<div class="problem" id="problem" role="alert" tabindex="-1" autofocus>
    <h2>${TEXTS[language].problem}</h2>
    <p>${sentence}</p>
  </div>`;

const signInSentence = (language: Language, problem: SignInProblem): string =>
  problem.kind === 'wait' ? TEXTS[language].wait(problem.seconds) : TEXTS[language][problem.kind];

const passwordForm = (language: Language, { action, login, problem, knownName, demo }: SignInView): Html => {
  const texts = TEXTS[language];
  const isWrong = problem?.kind === 'wrong' || problem?.kind === 'missing';
  const marks = isWrong ? html`aria-invalid="true" aria-describedby="problem"` : null;
  const isOnlyWay = knownName === null && !demo;
  return html`<form method="post" action="${action}">
    <label for="login">${texts.login}</label>
    <input
      id="login"
      name="login"
      type="text"
      value="${login}"
      autocomplete="username"
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      maxlength="256"
      required
      ${marks}
    />
    <label for="password">${texts.password}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="current-password"
      maxlength="1024"
      required
      ${marks}
    />
    <p class="after">
      <button name="choice" value="sign_in" ${isOnlyWay ? html`class="primary"` : null}>
        ${texts.signIn}
      </button>
    </p>
  </form>`;
};

const demoForm = (language: Language, action: string, isFirstChoice: boolean): Html => {
  const texts = TEXTS[language];
  const button = (tier: 'free' | 'premium'): Html =>
    html`<form method="post" action="${action}">
      <button
        name="choice"
        value="demo_${tier}"
        ${isFirstChoice && tier === 'premium' ? html`class="primary"` : null}
      >
        ${texts.demo[tier]} <small>${texts.demoFacts[tier]}</small>
      </button>
    </form>`;
  return html`<h2>${texts.demoHeading}</h2>
    ${button('premium')}${button('free')}`;
};

export const signInPage = (frame: PageFrame, view: SignInView): string => {
  const { language, serviceName } = frame;
  const texts = TEXTS[language];
  const { action, problem, knownName, demo } = view;
  const known =
    knownName === null
      ? null
      : html`<form method="post" action="${action}">
            <button class="primary" name="choice" value="go_on">${texts.goOnAs(knownName)}</button>
          </form>
          <p class="hint">${texts.signedInAs(knownName)}</p>`;
  const otherHeading = knownName !== null ? texts.otherAccount : demo ? texts.withAccount : null;
  return page(
    frame,
    texts.signIn,
    html`<h1>${texts.signInTo(serviceName)}</h1>
      <p class="lead">${texts.signInLead}</p>
      ${problem === null ? null : problemBox(language, signInSentence(language, problem))} ${known}
      ${demo ? demoForm(language, action, knownName === null) : null}
      ${
        otherHeading === null
          ? null
          : html`<hr class="rule" />
              <h2>${otherHeading}</h2>`
      }
      ${passwordForm(language, view)}
      <form method="post" action="${action}" class="after">
        ${
          knownName === null
            ? null
            : html`<button class="bare" name="choice" value="sign_out">${texts.signOutHere}</button>`
        }
        <button class="bare" name="choice" value="cancel">${texts.cancel}</button>
      </form>`,
  );
};

const codeSentence = (language: Language, problem: CodeProblem): string => {
  const texts = TEXTS[language];
  const sentences: Readonly<Record<CodeProblem, string>> = {
    not_found: texts.codeNotFound,
    expired: texts.codeExpired,
    used: texts.codeUsed,
    missing: texts.codeMissing,
    aborted: texts.codeAborted,
    service: texts.errorRequest,
  };
  return sentences[problem];
};

export const deviceCodePage = (frame: PageFrame, { action, xsrf, code, problem }: DeviceCodeView): string => {
  const texts = TEXTS[frame.language];
  return page(
    frame,
    texts.deviceTitle,
    html`<h1>${texts.deviceTitle}</h1>
      <p class="lead">${texts.deviceLead}</p>
      ${problem === null ? null : problemBox(frame.language, codeSentence(frame.language, problem))}
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <label for="user_code">${texts.deviceCode}</label>
        <input
          class="code"
          id="user_code"
          name="user_code"
          type="text"
          value="${code}"
          autocomplete="one-time-code"
          autocapitalize="characters"
          autocorrect="off"
          spellcheck="false"
          maxlength="64"
          required
          ${problem === null ? null : html`aria-invalid="true" aria-describedby="problem"`}
        />
        <p class="after"><button class="primary">${texts.goOn}</button></p>
      </form>`,
  );
};

export const deviceConfirmPage = (
  frame: PageFrame,
  { action, xsrf, code }: Omit<DeviceCodeView, 'problem'>,
): string => {
  const texts = TEXTS[frame.language];
  return page(
    frame,
    texts.confirmTitle,
    html`<h1>${texts.confirmTitle}</h1>
      <p class="lead">${texts.confirmLead(frame.serviceName)}</p>
      <p class="shown">${code}</p>
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <input type="hidden" name="user_code" value="${code}" />
        <button class="primary" name="confirm" value="yes">${texts.confirmYes}</button>
      </form>
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <input type="hidden" name="user_code" value="${code}" />
        <button name="abort" value="yes">${texts.confirmNo}</button>
      </form>`,
  );
};

export const deviceDonePage = (frame: PageFrame): string => {
  const texts = TEXTS[frame.language];
  return page(
    frame,
    texts.deviceDoneTitle,
    html`<h1>${texts.deviceDoneTitle}</h1>
      <p class="lead">${texts.deviceDone}</p>`,
  );
};

export const signOutPage = (
  frame: PageFrame,
  { action, xsrf }: { readonly action: string; readonly xsrf: string },
): string => {
  const texts = TEXTS[frame.language];
  return page(
    frame,
    texts.signOutTitle,
    html`<h1>${texts.signOutTitle}</h1>
      <p class="lead">${texts.signOutLead}</p>
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <button class="primary" name="logout" value="yes">${texts.signOutYes}</button>
      </form>`,
  );
};

export const signedOutPage = (frame: PageFrame): string => {
  const texts = TEXTS[frame.language];
  return page(
    frame,
    texts.signedOutTitle,
    html`<h1>${texts.signedOutTitle}</h1>
      <p class="lead">${texts.signedOut}</p>`,
  );
};

/** @param code the error's code, for whoever helps; null when it says nothing more */
export const errorPage = (frame: PageFrame, error: PageError, code: string | null): string => {
  const texts = TEXTS[frame.language];
  const sentences: Readonly<Record<ErrorKind, string>> = {
    expired: texts.errorExpired,
    request: texts.errorRequest,
    foreign: texts.errorForeign,
    service: texts.errorService,
  };
  const sentence = typeof error === 'object' ? texts.wait(error.seconds) : sentences[error];
  return page(
    frame,
    texts.errorTitle,
    html`<h1>${texts.errorTitle}</h1>
      <p class="lead" role="alert">${sentence}</p>
      ${code === null ? null : html`<p class="hint">${texts.errorCode(code)}</p>`}`,
  );
};
