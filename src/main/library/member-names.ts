/** How the people are called who share a playlist: asked of the service once for every circle of members. */
import type { Log } from '../ports.ts';
import type { Library } from './library.ts';
import type { LibraryClient } from './library-client.ts';

export interface MemberNames {
  /** Null: the service has not told. */
  of(userId: string): string | null;
  /** Members may be others than before. */
  look(): void;
}

export const createMemberNames = (options: {
  readonly library: Library;
  readonly client: Pick<LibraryClient, 'playlist'>;
  readonly isUnreachable: () => boolean;
  readonly onFound: () => void;
  readonly log: Log;
}): MemberNames => {
  const { library, client, isUnreachable, onFound, log } = options;
  const names = new Map<string, string>();
  const asked = new Map<string, string>();

  const ask = async (id: string): Promise<void> => {
    try {
      const { members } = await client.playlist(id);
      for (const { userId, name } of members) if (name !== null) names.set(userId, name);
      onFound();
    } catch (error) {
      asked.delete(id);
      log.info('members are shown without their names', { playlist: id, error });
    }
  };
  return {
    of: (userId) => names.get(userId) ?? null,
    look() {
      if (isUnreachable()) return;
      for (const document of library.documents.playlists()) {
        const { members, owner } = document.replica().view();
        const circle = [owner, ...members.map(({ userId }) => userId)].join(' ');
        // Before the service has the playlist there is nothing to ask about.
        if (members.length === 0 || document.revision() === 0 || asked.get(document.name) === circle)
          continue;
        asked.set(document.name, circle);
        void ask(document.name.slice('playlist:'.length));
      }
    },
  };
};
