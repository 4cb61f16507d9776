import { describe, expect, it } from 'vitest';
import { createOfficial } from '../../src/match/official.ts';

const account = (site: string, handle: string, profileUrl: string | null = null) => ({
  site,
  handle,
  profileUrl,
});

describe('an account of the company', () => {
  const isOfficial = createOfficial([
    'vk.com/romashka_shop',
    'https://www.habr.com/users/Romashka/',
    'https://mastodon.example/@romashka',
    'https://forum.example/memberlist.php?mode=viewprofile&u=2',
    'blog.example/Ромашка Отвечает',
  ]);

  it.each([
    account('vk.com', 'romashka_shop'),
    account('VK.com', '@Romashka_Shop'),
    account('habr.com', 'romashka', 'https://habr.com/users/romashka/'),
    account('mastodon.example', 'romashka', 'https://mastodon.example/@romashka'),
    account('forum.example', 'Поддержка', 'https://forum.example/memberlist.php?mode=viewprofile&u=2'),
    account('blog.example', 'ромашка отвечает'),
  ])('is known by its site and handle or by its profile: $site/$handle', (author) => {
    expect(isOfficial(author)).toBe(true);
  });

  it.each([
    account('vk.com', 'romashka'),
    account('forum.example', 'romashka_shop'),
    account('evil.example', 'romashka', 'https://evil.example/mastodon.example/@romashka'),
    account('forum.example', 'Поддержка', 'https://forum.example/memberlist.php?mode=viewprofile&u=22'),
  ])('is not another at the same site, nor the same nick elsewhere: $site/$handle', (author) => {
    expect(isOfficial(author)).toBe(false);
  });

  it('is nobody when none are named', () => {
    expect(createOfficial([])(account('vk.com', 'romashka_shop'))).toBe(false);
  });
});
