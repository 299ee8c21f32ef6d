import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { createQueryClient, refetchFailed } from './queries.ts';

describe('queries', () => {
  it('do not ask again for what is not there', async () => {
    let asked = 0;
    const query = createQueryClient().fetchQuery({
      queryKey: ['album'],
      queryFn: () => {
        asked += 1;
        throw new HostFailure('not_found', 'gone');
      },
      retry: createQueryClient().getDefaultOptions().queries?.retry ?? false,
    });
    await expect(query).rejects.toMatchObject({ code: 'not_found' });
    expect(asked).toBe(1);
  });

  it('ask again for what failed and is on screen, once the service answers', async () => {
    const client = createQueryClient();
    let up = false;
    const asked: string[] = [];
    const observe = (name: string, fails: () => boolean) =>
      new QueryObserver(client, {
        queryKey: [name],
        queryFn: async () => {
          asked.push(name);
          if (fails()) throw new HostFailure('service_unreachable', 'down');
          return name;
        },
      });
    const failed = observe('failed', () => !up);
    const fine = observe('fine', () => false);
    const leave = [failed.subscribe(() => {}), fine.subscribe(() => {})];
    await expect.poll(() => failed.getCurrentResult().status).toBe('error');
    await expect.poll(() => fine.getCurrentResult().status).toBe('success');
    up = true;
    await refetchFailed(client);
    expect(failed.getCurrentResult().data).toBe('failed');
    expect(asked).toEqual(['failed', 'fine', 'failed']);
    for (const stop of leave) stop();
  });

  it('ask again for what was answered from this computer, pages included, and for nothing else', async () => {
    const client = createQueryClient();
    const asked: string[] = [];
    let isAway = true;
    const answer = (name: string, value: object) => ({
      queryKey: [name],
      queryFn: async () => {
        asked.push(name);
        return { ...value, ...(isAway && name !== 'whole' ? { fromComputer: true } : {}) };
      },
    });
    const shown = new QueryObserver(client, answer('shown', { id: 'a1' }));
    const whole = new QueryObserver(client, answer('whole', { id: 'a2' }));
    const pages = new InfiniteQueryObserver(client, {
      ...answer('pages', { items: [] }),
      initialPageParam: 0,
      getNextPageParam: () => null,
    });
    const leave = [shown, whole].map((observer) => observer.subscribe(() => {}));
    leave.push(pages.subscribe(() => {}));
    await client.prefetchQuery(answer('elsewhere', { id: 'a3' }));
    await expect.poll(() => asked.length).toBe(4);
    await expect.poll(() => client.isFetching()).toBe(0);
    isAway = false;
    asked.length = 0;
    await refetchFailed(client);
    expect(asked.toSorted()).toEqual(['pages', 'shown']);
    expect(shown.getCurrentResult().data).toEqual({ id: 'a1' });
    expect(client.getQueryState(['elsewhere'])?.isInvalidated).toBe(true);
    expect(client.getQueryState(['whole'])?.isInvalidated).toBe(false);
    await refetchFailed(client);
    expect(asked).toHaveLength(2);
    for (const stop of leave) stop();
  });
});
