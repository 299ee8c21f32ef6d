import { describe, expect, it } from 'vitest';
import { readConnectionCost, readNetworkManager } from './metered-answers.ts';
import { runMeteredCommand } from './metered-command.ts';
import { createMeteredProbe } from './metered.ts';

describe('what the systems say', () => {
  it.each([
    ['u 1\n', true],
    ['u 2\n', false],
    ['u 3\n', true],
    ['u 4\n', false],
    ['u 0\n', null],
    ['   variant       uint32 1\n', true],
    ['   variant       uint32 4\n', false],
    ['Failed to get property Metered: Unit dbus-org.freedesktop.NetworkManager.service not found.\n', null],
    ['', null],
  ])('NetworkManager: %j means %s', (output, answer) => {
    expect(readNetworkManager(output)).toBe(answer);
  });

  it.each([
    ['Unrestricted roaming=False\r\n', false],
    ['Unrestricted roaming=True\r\n', true],
    ['Fixed roaming=False\r\n', true],
    ['Variable roaming=False\r\n', true],
    ['Unknown roaming=False\r\n', null],
    [' roaming=\r\n', null],
    ['You cannot call a method on a null-valued expression.\r\n', null],
  ])('Windows: %j means %s', (output, answer) => {
    expect(readConnectionCost(output)).toBe(answer);
  });
});

describe('the probe', () => {
  const probeOf = (
    platform: 'linux' | 'win32' | 'darwin' | 'other',
    run: (command: string) => Promise<string>,
  ) => {
    let nowMs = 1_000_000;
    const asked: string[] = [];
    const probe = createMeteredProbe({
      platform,
      clock: { now: () => nowMs },
      run: (command) => {
        asked.push(command);
        return run(command);
      },
    });
    return { probe, asked, pass: (milliseconds: number) => void (nowMs += milliseconds) };
  };

  it('asks once a minute, however many want to know', async () => {
    const { probe, asked, pass } = probeOf('linux', async () => 'u 3\n');
    expect(await Promise.all([probe(), probe(), probe()])).toEqual([true, true, true]);
    pass(59_000);
    await probe();
    expect(asked).toEqual(['busctl']);
    pass(2_000);
    await probe();
    expect(asked).toEqual(['busctl', 'busctl']);
  });

  it('asks in another way where the first is not installed', async () => {
    const { probe, asked } = probeOf('linux', async (command) => {
      if (command === 'busctl') throw new Error('ENOENT');
      return '   variant       uint32 2\n';
    });
    expect(await probe()).toBe(false);
    expect(asked).toEqual(['busctl', 'dbus-send']);
  });

  it('says that it does not know when nothing answers, and where nothing can be asked', async () => {
    const silent = async (): Promise<string> => {
      throw new Error('no such command');
    };
    expect(await probeOf('linux', silent).probe()).toBeNull();
    expect(await probeOf('win32', silent).probe()).toBeNull();
    const mac = probeOf('darwin', silent);
    expect(await mac.probe()).toBeNull();
    expect(mac.asked).toEqual([]);
  });

  it('on Windows reads what the connection costs', async () => {
    const { probe, asked } = probeOf('win32', async () => 'Variable roaming=False\r\n');
    expect(await probe()).toBe(true);
    expect(asked).toEqual(['powershell.exe']);
  });
});

describe('a command', () => {
  it('gives what it prints, and arguments reach it as they are', async () => {
    const printed = await runMeteredCommand(process.execPath, [
      '-e',
      'console.log(process.argv[1])',
      '$(echo no) "shell"',
    ]);
    expect(printed.trim()).toBe('$(echo no) "shell"');
  });

  it('rejects when it is not there, fails, or does not end', async () => {
    await expect(runMeteredCommand('/does/not/exist', [])).rejects.toThrow(/ENOENT/);
    await expect(runMeteredCommand(process.execPath, ['-e', 'process.exit(3)'])).rejects.toThrow(
      'Command failed',
    );
    await expect(
      runMeteredCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 300),
    ).rejects.toMatchObject({ killed: true });
  });
});
