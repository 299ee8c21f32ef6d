import { Argument, Command, Option } from 'commander';
import { roleSchema, tierSchema, type Role } from '../../contract/account-http.ts';
import { TIERS, type Tier } from '../../core/entitlement/entitlement.ts';
import {
  createAccounts,
  endSignIns,
  type Account,
  type Accounts,
  type StoredAccount,
} from '../identity/accounts.ts';
import { accountIdOf, normaliseLogin } from '../identity/login-name.ts';
import { createPasswords, type PasswordCost } from '../identity/password-hash.ts';
import { openStore } from '../store/open-store.ts';
import { askNewPassword } from './ask-password.ts';
import { EXIT_BAD_INPUT, OptionError, reportFailure } from './command-failure.ts';

interface StoreFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly json?: boolean;
}

interface PasswordFlags extends StoreFlags {
  readonly passwordStdin?: boolean;
}

interface AddFlags extends PasswordFlags {
  readonly name?: string;
  readonly tier: Tier;
  readonly role?: Role;
}

const LONGEST_NAME = 100;

interface AccountsWork {
  /** Asks for a new password, or takes what is piped in. */
  readonly askPassword: (fromStdin: boolean) => Promise<string>;
  readonly print: (text: string) => void;
  readonly passwordCost?: PasswordCost;
}

export function createAccountsCommand(work: AccountsWork): Command {
  return new Command('accounts')
    .description('who may listen, and as what, where the service signs listeners in itself')
    .addCommand(
      withPassword(subcommand('add', 'let somebody in'))
        .argument('<login>', 'letters, digits and ._@+-, whatever their case')
        .option('--name <name>', 'as others see it; default: the login')
        .addOption(new Option('--tier <tier>', 'what they may do').choices(TIERS).default('free'))
        .addOption(new Option('--role <role>', 'may see what the operator sees').choices(roleSchema.options))
        .action((login: string, flags: AddFlags) => run(() => add(login, flags, work))),
    )
    .addCommand(
      subcommand('tier', 'make them free or premium; holds from the next minutes on')
        .argument('<login>')
        .addArgument(new Argument('<tier>').choices(TIERS))
        .action((login: string, tier: string, flags: StoreFlags) =>
          run(() => change(login, flags, (account) => ({ ...account, tier: tierSchema.parse(tier) }), work)),
        ),
    )
    .addCommand(
      subcommand('disable', 'switch an account off: signed out everywhere, and not let in')
        .argument('<login>')
        .action((login: string, flags: StoreFlags) => run(() => change(login, flags, disabled, work))),
    )
    .addCommand(
      subcommand('enable', 'let them in again')
        .argument('<login>')
        .action((login: string, flags: StoreFlags) => run(() => change(login, flags, enabled, work))),
    )
    .addCommand(
      withPassword(subcommand('password', 'give them another password: signed out everywhere'))
        .argument('<login>')
        .action((login: string, flags: PasswordFlags) => run(() => setPassword(login, flags, work))),
    )
    .addCommand(
      subcommand('list', 'who there is').action((flags: StoreFlags) => run(() => list(flags, work))),
    );
}

/** `riffle-catalog accounts`: who may listen, where this service signs listeners in itself. */
export const accountsCommand: Command = createAccountsCommand({
  askPassword: (fromStdin) => askNewPassword(fromStdin),
  print: (text) => void process.stdout.write(text),
});

function disabled(account: StoredAccount): StoredAccount {
  return endSignIns({ ...account, isDisabled: true }, Date.now());
}

function enabled(account: StoredAccount): StoredAccount {
  return { ...account, isDisabled: false };
}

function subcommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket')
    .option('--json', 'print one line of JSON')
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
    });
}

function withPassword(command: Command): Command {
  return command.option('--password-stdin', 'take the password from standard input instead of asking for it');
}

async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

async function open(
  { store: location, endpoint, region }: StoreFlags,
  access: 'read' | 'write',
): Promise<Accounts> {
  const store = openStore({
    location,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  });
  await store.check(access);
  return createAccounts(store);
}

async function add(typed: string, flags: AddFlags, work: AccountsWork): Promise<void> {
  const login = checkedLogin(typed);
  const name = checkedName(flags.name ?? typed);
  const accounts = await open(flags, 'write');
  // Before anybody thinks of a password.
  if ((await accounts.find(accountIdOf(login))) !== null) throw existsAlready(login);
  const passwordHash = await newHash(flags, work);
  const roles = flags.role === undefined ? [] : [flags.role];
  if (!(await accounts.add({ login, name, tier: flags.tier, roles, passwordHash })))
    throw existsAlready(login);
  await show(login, accounts, flags, work);
}

function unknown(login: string): OptionError {
  return new OptionError(`There is no account ${login}.`, '"accounts list" says which there are.');
}

function existsAlready(login: string): OptionError {
  return new OptionError(
    `There is an account ${login} already.`,
    'It stays as it was; "accounts password" gives it another password.',
  );
}

async function newHash(flags: PasswordFlags, { askPassword, passwordCost }: AccountsWork): Promise<string> {
  return createPasswords(passwordCost).hash(await askPassword(flags.passwordStdin === true));
}

async function setPassword(typed: string, flags: PasswordFlags, work: AccountsWork): Promise<void> {
  const login = checkedLogin(typed);
  const accounts = await open(flags, 'write');
  if ((await accounts.find(accountIdOf(login))) === null) throw unknown(login);
  const passwordHash = await newHash(flags, work);
  await changeOne(login, accounts, (account) => endSignIns({ ...account, passwordHash }, Date.now()));
  await show(login, accounts, flags, work);
}

async function change(
  typed: string,
  flags: StoreFlags,
  changed: (account: StoredAccount) => StoredAccount,
  work: AccountsWork,
): Promise<void> {
  const login = checkedLogin(typed);
  const accounts = await open(flags, 'write');
  await changeOne(login, accounts, changed);
  await show(login, accounts, flags, work);
}

async function changeOne(
  login: string,
  accounts: Accounts,
  changed: (account: StoredAccount) => StoredAccount,
): Promise<void> {
  if ((await accounts.change(login, changed)) === null) throw unknown(login);
}

async function show(
  login: string,
  accounts: Accounts,
  flags: StoreFlags,
  { print }: AccountsWork,
): Promise<void> {
  const account = (await accounts.list()).find((each) => each.login === login);
  if (account !== undefined)
    print(flags.json === true ? `${JSON.stringify(facts(account))}\n` : lines([account]));
}

async function list(flags: StoreFlags, { print }: AccountsWork): Promise<void> {
  const accounts = await (await open(flags, 'read')).list();
  if (flags.json === true) print(`${JSON.stringify(accounts.map(facts))}\n`);
  else print(accounts.length === 0 ? 'There are no accounts yet.\n' : lines(accounts));
}

/** Everything but the password's hash. */
function facts({ id, login, name, tier, roles, isDisabled }: Account): object {
  return { id, login, name, tier, roles, isDisabled };
}

function lines(accounts: readonly Account[]): string {
  const rows = accounts.map(({ login, name, tier, roles, isDisabled }) => [
    login,
    name,
    tier,
    [...roles, ...(isDisabled ? ['disabled'] : [])].join(', '),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function checkedLogin(typed: string): string {
  const login = normaliseLogin(typed);
  if (login !== null) return login;
  throw new OptionError(
    `That is no login: ${JSON.stringify(typed)}`,
    'It consists of letters, digits and ._@+-, at most 64 of them.',
  );
}

function checkedName(typed: string): string {
  const name = typed.normalize('NFC').trim();
  if (name !== '' && name.length <= LONGEST_NAME && !/\p{C}/u.test(name)) return name;
  throw new OptionError('That is no name.', `It has 1 to ${LONGEST_NAME} characters that can be seen.`);
}
