import { describe, expect, it } from 'vitest';
import { errorAt, isEndpoint, isProxy, networkProblems, replaced } from './network';

describe('the way to a network', () => {
  it.each(['', 'http://10.0.0.7:3128', 'https://proxy.example', 'socks5://user:pa%40ss@10.0.0.7:1080', 'socks5h://[::1]:1080'])(
    'takes %j for a proxy',
    (text) => expect(isProxy(text)).toBe(true),
  );
  it.each(['10.0.0.7:1080', 'ftp://10.0.0.7', 'socks5://', 'прокси'])('does not take %j for a proxy', (text) =>
    expect(isProxy(text)).toBe(false),
  );
  it.each([
    ['', true],
    ['https://api.example', true],
    ['http://127.0.0.1:8081', true],
    ['api.example', false],
    ['javascript:alert(1)', false],
  ])('judges the address %j', (text, good) => expect(isEndpoint(text)).toBe(good));

  it('names each wrong field', () => {
    const known = {
      endpoints: [
        { key: 'api', default: 'https://api.example' },
        { key: 'files', default: 'https://files.example' },
      ],
    };
    expect(networkProblems({ proxy: 'x', endpoints: { api: 'y', files: '' } }, known)).toEqual({
      proxy: 'accounts.form.badProxy',
      'endpoint.api': 'accounts.form.badEndpoint',
    });
  });

  it('sends only addresses that replace something', () =>
    expect(replaced({ api: ' https://a.example ', files: ' ' })).toEqual({ api: 'https://a.example' }));

  it('finds a refusal by any name of its field', () => {
    expect(errorAt({ 'endpoints.api': 'bad' }, 'endpoint', 'api')).toBe('bad');
    expect(errorAt({ 'setting.api': 'bad' }, 'setting', 'api')).toBe('bad');
    expect(errorAt({ api: 'bad' }, 'endpoint', 'api')).toBe('bad');
    expect(errorAt({}, 'endpoint', 'api')).toBeUndefined();
  });
});
