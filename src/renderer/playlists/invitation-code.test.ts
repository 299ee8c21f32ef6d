import { describe, expect, it } from 'vitest';
import { invitationCode } from './invitation-code.ts';

const CODE = 'aB3-_dE6gH9jK2mN5pQ8sT';

describe('what somebody pasted to join a playlist', () => {
  it.each([
    CODE,
    `  ${CODE}\n`,
    `https://music.example/join/${CODE}`,
    `http://127.0.0.1:8080/join/${CODE}/`,
    `https://music.example/riffle/join/${CODE}?from=mail`,
  ])('is the code of %s', (text) => {
    expect(invitationCode(text)).toBe(CODE);
  });

  it.each([
    '',
    'join',
    'https://music.example/join/',
    'https://music.example/join/short',
    `https://music.example/playlist/${CODE}`,
    `${CODE} and more`,
    `https://music.example/join/${CODE}/extra`,
    `https://music.example/join/${CODE.slice(1)}%2f`,
  ])('is none in %s', (text) => {
    expect(invitationCode(text)).toBeNull();
  });
});
