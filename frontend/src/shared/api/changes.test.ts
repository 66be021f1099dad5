import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeHost } from '../test/fakeHost';
import { watchChanges } from './changes';

const client = new QueryClient();
const host = fakeHost({});
let stop: () => void;

beforeEach(async () => {
  stop = watchChanges(host, client, () => undefined);
  await Promise.resolve();
});
afterEach(() => {
  stop();
  client.clear();
});

/** A query on the screen that counts how often it was asked. */
function shown(key: string, tags: string[], answer: () => Promise<unknown> = () => Promise.resolve(1)) {
  const ask = vi.fn(answer);
  new QueryObserver(client, { queryKey: [key], queryFn: ask, staleTime: Infinity, meta: { tags } }).subscribe(() => undefined);
  return ask;
}

it('asks again for what a change touches, and for nothing else', async () => {
  const [list, seventh, eighth, accounts] = [
    shown('list', ['conversations']),
    shown('7', ['conversations:7']),
    shown('8', ['conversations:8']),
    shown('accounts', ['accounts']),
  ];
  await vi.waitFor(() => expect(accounts).toHaveBeenCalledTimes(1));
  host.announce({ tag: 'conversations', ids: [7] });
  await vi.waitFor(() => expect(seventh).toHaveBeenCalledTimes(2));
  expect(list).toHaveBeenCalledTimes(2);
  expect(eighth).toHaveBeenCalledTimes(1);
  expect(accounts).toHaveBeenCalledTimes(1);
});

it('a change of unnamed rows touches each of them', async () => {
  const seventh = shown('7', ['conversations:7']);
  await vi.waitFor(() => expect(seventh).toHaveBeenCalledTimes(1));
  host.announce({ tag: 'conversations', ids: [] });
  await vi.waitFor(() => expect(seventh).toHaveBeenCalledTimes(2));
});

it('a flood of changes is a few questions, and the last one comes after the last change', async () => {
  let announced = 0;
  const answers: number[] = [];
  const list = shown('list', ['messages:1'], () => {
    answers.push(announced);
    return Promise.resolve(announced);
  });
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(1));
  for (announced = 1; announced <= 200; announced++) host.announce({ tag: 'messages', conversation_id: 1 });
  await vi.waitFor(() => expect(client.getQueryData(['list'])).toBe(201));
  expect(answers.length).toBeLessThan(5);
});

it('asks for everything again when the connection is back', async () => {
  const accounts = shown('accounts', ['accounts']);
  await vi.waitFor(() => expect(accounts).toHaveBeenCalledTimes(1));
  host.setState('lost');
  host.setState('open');
  await vi.waitFor(() => expect(accounts).toHaveBeenCalledTimes(2));
});
