/** `ads.json`: what an operator says of the ads in a folder. */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';
import { genreId } from '../index/genre-id.ts';
import { reasonOf, systemErrorCode } from '../publish/publish-error.ts';
import { AdsError, spotProblems, type SpotProblem } from './ads-error.ts';

const LONGEST_NAME = 120;
const MOST_SPOTS = 1_000;

const name = z
  .string()
  .transform((text) =>
    text
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().min(1, 'it is empty').max(LONGEST_NAME, `it is longer than ${LONGEST_NAME} characters`));

/** A file of this folder or one below it: a list that somebody sent must not publish what lies elsewhere on the machine. */
const fileInFolder = z
  .string()
  .min(1, 'it is empty')
  .refine(
    (path) =>
      !/^(?:[/\\]|[a-z]:)/i.test(path) &&
      !path.includes('\\') &&
      !/^\.\.(?:\/|$)/.test(posix.normalize(path)),
    'it is no path inside the folder (write it with "/", relative to ads.json)',
  );

const genre = name.refine((text) => genreId(text) !== null, 'it holds no letter or digit');

const spotSchema = z
  .strictObject({
    audio: fileInFolder,
    sender: name,
    title: name,
    link: z
      .strictObject({
        url: z.url({ protocol: /^https$/, error: 'it is no https address' }),
        label: name,
      })
      .nullable()
      .default(null),
    picture: fileInFolder.nullable().default(null),
    weight: z
      .int('it is no whole number')
      .min(1, 'it is less than 1')
      .max(100, 'it is more than 100')
      .default(10),
    from: z.iso.date('it is no date such as 2026-06-01').nullable().default(null),
    until: z.iso.date('it is no date such as 2026-06-30').nullable().default(null),
    avoidGenres: z.array(genre).max(100).readonly().default([]),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    path: ['until'],
    error: 'it is before "from"',
  });

const fileSchema = z.strictObject({ spots: z.array(z.unknown()).max(MOST_SPOTS) });

export type SpotEntry = Readonly<z.infer<typeof spotSchema>>;

const senderOf = (spot: unknown): string => {
  const sender = typeof spot === 'object' && spot !== null && 'sender' in spot ? spot.sender : '';
  return typeof sender === 'string' ? sender : '';
};

const problemsOf = (index: number, spot: unknown, error: z.ZodError): readonly SpotProblem[] =>
  error.issues.map((issue) => ({
    index,
    sender: senderOf(spot),
    field: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'spot'),
    reason: issue.code === 'unrecognized_keys' ? 'there is no such field' : issue.message,
  }));

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = systemErrorCode(error) === 'ENOENT';
    throw new AdsError(
      isMissing ? `There is no ads.json at ${path}.` : `${path} cannot be read: ${reasonOf(error)}.`,
      'Name the folder that holds ads.json and the files it names.',
      { cause: error },
    );
  }
};

/** @throws AdsError with everything that is wrong with the file. */
export const readAdsFile = async (folder: string): Promise<readonly SpotEntry[]> => {
  const path = join(folder, 'ads.json');
  const text = await readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AdsError(
      `${path} is no JSON: ${reasonOf(error)}.`,
      'Look for a comma too many or a quote too few.',
      {
        cause: error,
      },
    );
  }
  const file = fileSchema.safeParse(json);
  if (!file.success) {
    throw new AdsError(
      `${path} is no list of spots: ${z.prettifyError(file.error)}`,
      'It is {"spots": [ … ]}, and an empty list ends all ads.',
    );
  }
  const problems: SpotProblem[] = [];
  const spots: SpotEntry[] = [];
  for (const [index, spot] of file.data.spots.entries()) {
    const parsed = spotSchema.safeParse(spot);
    if (parsed.success) spots.push(parsed.data);
    else problems.push(...problemsOf(index, spot, parsed.error));
  }
  if (problems.length > 0) throw spotProblems(problems);
  return spots;
};
