/** Takes a password from a terminal, without showing it, or from what is piped in. Never from arguments: others can read those. */
import { StringDecoder } from 'node:string_decoder';
import type { Readable, Writable } from 'node:stream';
import { OptionError } from './command-failure.ts';

interface Terminal extends Readable {
  setRawMode(isRaw: boolean): unknown;
}

export interface PasswordSource {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

const SHORTEST = 8;
const MOST_BYTES = 1024;

const isTerminal = (input: PasswordSource['input']): input is Terminal =>
  input.isTTY === true && 'setRawMode' in input;

/** Throws an `OptionError` for one that nobody should have (NIST SP 800-63B, 3.1.1.2: at least eight characters, no rules but that). */
const checked = (password: string): string => {
  if (Array.from(password).length < SHORTEST)
    throw new OptionError(
      'The password is too short.',
      `It has at least ${SHORTEST} characters; a sentence is fine.`,
    );
  if (Buffer.byteLength(password) > MOST_BYTES)
    throw new OptionError('The password is too long.', `It has at most ${MOST_BYTES} bytes.`);
  return password;
};

/** What was typed until Enter, with nothing of it on the screen. Rejects with an `OptionError` when it was stopped (Ctrl-C, Ctrl-D). */
const typed = (input: Terminal, output: Writable, question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let characters: string[] = [];
    const end = (settle: () => void): void => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      settle();
    };
    const take = (bytes: Buffer): void => {
      for (const character of decoder.write(bytes)) {
        switch (character) {
          case '\r':
          case '\n':
            return end(() => resolve(characters.join('')));
          case '\u0003':
          case '\u0004':
            return end(() => reject(new OptionError('Stopped.', 'Nothing was changed.')));
          case '\u007f':
          case '\b':
            characters.pop();
            break;
          case '\u0015':
            characters = [];
            break;
          default:
            if (character >= ' ') characters.push(character);
        }
      }
    };
    // Silent before the question, for those who type at once.
    input.setRawMode(true);
    output.write(question);
    input.on('data', take);
    input.resume();
  });

/** The first line of what is piped in. */
const piped = async (input: Readable): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    // More is refused below; no need to read a disk for it.
    if (bytes > 4 * MOST_BYTES) break;
  }
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1);
  return line;
};

/**
 * A new password: typed twice, or piped in with `fromStdin`. Rejects with an `OptionError` for one that is too short, too long,
 * not the same twice, or when there is nobody to ask.
 */
export const askNewPassword = async (
  fromStdin: boolean,
  { input, output }: PasswordSource = { input: process.stdin, output: process.stderr },
): Promise<string> => {
  if (fromStdin) return checked(await piped(input));
  if (!isTerminal(input))
    throw new OptionError(
      'There is no terminal to ask for the password at.',
      'Pipe it in, with --password-stdin.',
    );
  const password = checked(await typed(input, output, 'New password: '));
  if ((await typed(input, output, 'The same again: ')) !== password)
    throw new OptionError('These were two different passwords.', 'Nothing was changed: start again.');
  return password;
};
