import type { DeepLink } from '../../core/links/deep-link.ts';
import { formatDeepLink } from '../../core/links/deep-link.ts';
import { profileEntries, type MenuFacts } from './app-menu.ts';

export interface JumpTask {
  readonly title: string;
  /** The command line, without the program. */
  readonly arguments: string;
}

/** What Windows offers behind the app's button in the task bar: pages of this profile, and the other profiles. */
export const jumpTasks = (facts: MenuFacts): readonly JumpTask[] => {
  const { texts, profile } = facts;
  const own = profile === null ? '' : `--profile=${profile} `;
  const open = (title: string, link: DeepLink): JumpTask => ({
    title,
    arguments: `${own}-- ${formatDeepLink(link)}`,
  });
  const others = profileEntries(facts).flatMap((entry): readonly JumpTask[] =>
    entry.kind === 'profile' && !entry.isOpen
      ? [
          {
            title: `${texts.profiles}: ${entry.label}`,
            arguments: entry.profile === null ? '' : `--profile=${entry.profile}`,
          },
        ]
      : [],
  );
  return [
    open(texts.search, { kind: 'page', page: 'search' }),
    open(texts.nowPlaying, { kind: 'page', page: 'now-playing' }),
    open(texts.played, { kind: 'page', page: 'history' }),
    ...others,
  ];
};
