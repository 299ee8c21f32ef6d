/** Everything that may go wrong with kept music, tried: what was lost by it, and what was played wrong. */
import { AT_REST } from '../../tests/faults/at-rest.ts';
import { canMount, DISK_FAULTS, MOUNTED_DISK_FAULTS } from '../../tests/faults/disk-faults.ts';
import { KILLS } from '../../tests/faults/kills.ts';
import { ORIGIN_FAULTS } from '../../tests/faults/origin-faults.ts';
import type { Outcome, Scenario } from '../../tests/faults/outcome.ts';
import { TOGETHER } from '../../tests/faults/together.ts';
import type { Bench } from '../measuring/report.ts';

/** Kills; everything else is a share of its own number of tries. */
const KILL_TRIES = 300;
const DAMAGE_TRIES = 48;
const EDGE_TRIES = 10;
const DISK_TRIES = 16;
const TOGETHER_TRIES = 20;

const sum = (outcomes: readonly Outcome[], which: 'lost' | 'wrong'): number =>
  outcomes.reduce((total, outcome) => total + outcome[which], 0);

export const bench: Bench = {
  summary: 'kills, bad disks, damaged files, bad edges, set clocks: what is lost, what sounds wrong',
  async run({ size, progress }) {
    const share = (size ?? KILL_TRIES) / KILL_TRIES;
    const tries = (count: number): number => Math.max(1, Math.round(count * share));
    // Another one each time, told so that it can be tried again.
    const seed = 1 + Math.floor(Math.random() * 100_000);
    const isMountable = await canMount();
    const plan: readonly (readonly [scenarios: readonly Scenario[], tries: number])[] = [
      [KILLS, Math.max(1, Math.ceil((KILL_TRIES * share) / KILLS.length))],
      [[...DISK_FAULTS, ...(isMountable ? MOUNTED_DISK_FAULTS : [])], tries(DISK_TRIES)],
      [AT_REST, tries(DAMAGE_TRIES)],
      [ORIGIN_FAULTS, tries(EDGE_TRIES)],
      [TOGETHER, tries(TOGETHER_TRIES)],
    ];
    const outcomes: Outcome[] = [];
    for (const [scenarios, count] of plan) {
      for (const scenario of scenarios) {
        progress(`${scenario.fault}, ${count} times …`);
        outcomes.push(await scenario.run(count, seed));
      }
    }
    return {
      tables: [
        {
          title: 'Faults',
          columns: ['fault', 'tries', 'met', 'lost', 'wrong sound'],
          rows: outcomes.map(({ fault, tries: count, met, lost, wrong }) => [fault, count, met, lost, wrong]),
        },
      ],
      budgets: [
        { id: 'faults.lost', value: sum(outcomes, 'lost'), unit: 'tracks', limit: 0 },
        { id: 'faults.wrong', value: sum(outcomes, 'wrong'), unit: 'plays', limit: 0 },
      ],
      notes: [
        `seed ${seed}`,
        'met: tries in which the fault happened where it was meant to, and not beside it',
        'lost: told to be kept, then neither playable nor fetched again with the edge there',
        'wrong sound: a play that ended as if it were right and was not; one that is told to have failed is none',
        'a bit flipped on the way, which TLS refuses before it comes here, is heard until the hash at the end stops the play',
        ...(isMountable ? [] : ['full and read-only disks were not tried: this user may not mount']),
        ...outcomes.flatMap(({ reasons }) => reasons.slice(0, 20)),
      ],
    };
  },
};
