/** Wall-clock time of a zone at a moment, as if it were UTC. */
function wallClock(ms: number, timeZone: string | null): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...(timeZone ? { timeZone } : {}),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** When a day begins in a time zone; `days` later when given. Right across a change of the clocks, too. */
export function dayStart(date: string, timeZone: string | null, days = 0): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  const guess = wanted - (wallClock(wanted, timeZone) - wanted);
  return guess - (wallClock(guess, timeZone) - wanted);
}

/** The day of a moment in a time zone, `days` earlier when given. */
export const dayOf = (ms: number, timeZone: string | null, daysBefore = 0): string =>
  new Date(wallClock(ms, timeZone) - daysBefore * 86_400_000).toISOString().slice(0, 10);
