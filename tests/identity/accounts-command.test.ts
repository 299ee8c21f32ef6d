import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAccountsCommand } from '../../src/catalog/cli/accounts-command.ts';
import { askNewPassword } from '../../src/catalog/cli/ask-password.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { CHEAP } from './open-issuer.ts';

const openOffice = async () => {
  const folder = await temporaryFolder();
  const said: string[] = [];
  const complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    complained.mockRestore();
    process.exitCode = undefined;
  });
  const accounts = async (...words: readonly string[]): Promise<string> => {
    const command = createAccountsCommand({
      askPassword: () => Promise.resolve('correct horse'),
      print: (text) => void said.push(text),
      passwordCost: CHEAP,
    });
    said.length = 0;
    complained.mockClear();
    process.exitCode = undefined;
    await command.parseAsync([...words, '--store', folder], { from: 'user' });
    return said.join('');
  };
  return { accounts, complaints: () => complained.mock.calls.join('') };
};

test('an operator lets people in, changes what they may do, and sees who there is', async () => {
  const { accounts } = await openOffice();
  expect(await accounts('list')).toBe('There are no accounts yet.\n');
  expect(await accounts('add', 'Ada', '--name', 'Ada Lovelace')).toBe('ada  Ada Lovelace  free\n');
  const added: unknown = JSON.parse(
    await accounts('add', 'bob', '--tier', 'premium', '--role', 'operator', '--json'),
  );
  expect(added).toMatchObject({
    login: 'bob',
    name: 'bob',
    tier: 'premium',
    roles: ['operator'],
    isDisabled: false,
  });
  expect(JSON.stringify(added)).not.toContain('argon2');
  expect(await accounts('tier', 'ADA', 'premium')).toContain('premium');
  expect(await accounts('disable', 'bob')).toContain('disabled');
  expect(await accounts('list')).toBe(
    'ada  Ada Lovelace  premium\nbob  bob           premium  operator, disabled\n',
  );
  expect(await accounts('enable', 'bob')).not.toContain('disabled');
  expect(await accounts('password', 'ada')).toContain('Ada Lovelace');
  expect(process.exitCode).toBeUndefined();
});

test('what makes no sense is said, and changes nothing', async () => {
  const { accounts, complaints } = await openOffice();
  await accounts('add', 'ada');
  await accounts('add', 'ADA', '--name', 'Somebody else');
  expect(complaints()).toContain('There is an account ada already.');
  expect(process.exitCode).toBe(2);
  await accounts('tier', 'nobody', 'premium');
  expect(complaints()).toContain('There is no account nobody.');
  await accounts('add', 'two words');
  expect(complaints()).toContain('That is no login');
  await accounts('add', 'eve', '--name', '\u0007');
  expect(complaints()).toContain('That is no name');
  expect(await accounts('list')).toBe('ada  ada  free\n');
});

const terminal = () => {
  const modes: boolean[] = [];
  const shown: string[] = [];
  const output = new PassThrough();
  output.on('data', (chunk: Buffer) => shown.push(chunk.toString()));
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  return { input, output, modes, shown: () => shown.join('') };
};

test('a password is typed twice, and not shown', async () => {
  const { input, output, modes, shown } = terminal();
  const asked = askNewPassword(false, { input, output });
  input.write('correct horsx\u007fe\r');
  await expect.poll(() => shown()).toContain('again');
  input.write('correct horse\r');
  expect(await asked).toBe('correct horse');
  expect(shown()).toBe('New password: \nThe same again: \n');
  expect(modes).toEqual([true, false, true, false]);
});

test.each([
  ['short\r', 'too short'],
  [`${'x'.repeat(1025)}\r`, 'too long'],
  ['half of it\u0003', 'Stopped'],
])('a password that is not one is refused: %#', async (typed, complaint) => {
  const { input, output } = terminal();
  const asked = askNewPassword(false, { input, output });
  input.write(typed);
  await expect(asked).rejects.toThrow(complaint);
});

test('two different passwords are none', async () => {
  const { input, output, shown } = terminal();
  const asked = askNewPassword(false, { input, output });
  input.write('correct horse\r');
  await expect.poll(() => shown()).toContain('again');
  input.write('another one\r');
  await expect(asked).rejects.toThrow('two different');
});

test('a password is piped in, and without a terminal nobody is asked', async () => {
  const pipe = new PassThrough();
  pipe.end('correct horse\nnot this\n');
  expect(await askNewPassword(true, { input: pipe, output: new PassThrough() })).toBe('correct horse');
  const nobody = askNewPassword(false, { input: new PassThrough(), output: new PassThrough() });
  await expect(nobody).rejects.toThrow('no terminal');
});
