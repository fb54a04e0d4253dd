import { bits, moment } from './format';

/** What an interface's counters told between two readings. Absent is what is not known: docs/questions.md. */
export interface Load {
  rateIn?: number; // bit/s
  rateOut?: number;
  usedIn?: number; // percent of the speed
  usedOut?: number;
  errors?: number; // packets of both directions
  discards?: number;
  from?: number; // epoch milliseconds
  to?: number;
  lastUsed?: string; // a time, or `not since` one
}

const HIGH = 80; // percent: from here on bursts wait already

/** Of a row of the table of interfaces; undefined where nothing is kept of it. */
export function loadOf(row: Record<string, string>): Load | undefined {
  if (row.countedTo === undefined) return undefined;
  const number = (key: string) => (row[key] === undefined ? undefined : Number(row[key]));
  const sum = (a: number | undefined, b: number | undefined) => (a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0));
  const time = (key: string) => (row[key] === undefined ? undefined : Date.parse(row[key]));
  return {
    rateIn: number('rateIn'), rateOut: number('rateOut'), usedIn: number('utilizationIn'), usedOut: number('utilizationOut'),
    errors: sum(number('errorsIn'), number('errorsOut')), discards: sum(number('discardsIn'), number('discardsOut')),
    from: time('countedFrom'), to: time('countedTo'), lastUsed: row.lastUsed,
  };
}

/** `0 bit/s` is a rate, too; empty where it is not known. */
export const rate = (perSecond: number | undefined) => (perSecond === 0 ? '0 bit/s' : bits(perSecond));

export const isHigh = (used: number | undefined) => used !== undefined && used >= HIGH;

/** `17 errors, 3 discards`; empty where there were none, or none is known. */
export function lostText({ errors = 0, discards = 0 }: Load): string {
  const some = (count: number, word: string) => (count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`);
  return [some(errors, 'error'), some(discards, 'discard')].filter(Boolean).join(', ');
}

/** `counted from 2026-11-29 14:00:00 to 2026-11-29 14:30:00`; empty before there are two readings. */
export const countedText = ({ from, to }: Load) => (from && to ? `counted from ${moment(from)} to ${moment(to)}` : '');

/** `not since 2026-11-29 14:00:00` */
export function lastUsedText(told: string | undefined): string {
  if (told === undefined) return '';
  const time = told.replace(/^not since /, '');
  return `${time === told ? '' : 'not since '}${moment(Date.parse(time))}`;
}
