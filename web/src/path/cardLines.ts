import { CARD } from './geometry';
import { fit } from './palette';

/** A line below the name on the card of an element. */
export interface CardLine {
  text: string;
  isEnding: boolean; // it tells how the trace ends here
}

export const INNER = CARD.width - 4; // off the rim
const MOST_LINES = 5;

/** @param ending How the trace ends at the element; empty where it goes on. It stands last. */
export function cardLines(facts: readonly string[], ending: string): CardLine[] {
  const told = [...facts.map((text) => ({ text, isEnding: false })), { text: ending, isEnding: true }].filter(({ text }) => text !== '');
  const hasRoom = told.length < MOST_LINES - 1;
  const lines = hasRoom ? told.flatMap((line) => broken(line.text).map((text) => ({ ...line, text }))) : told;
  return lines.slice(0, MOST_LINES).map((line) => ({ ...line, text: fit(line.text, INNER) }));
}

/** In two lines, where it is too long for one and has a word to break at. */
function broken(line: string): string[] {
  if (fit(line, INNER) === line) return [line];
  const at = line.lastIndexOf(' ', line.indexOf(' metric ') > 0 ? line.indexOf(' metric ') : Math.floor(line.length / 2) + 2);
  return at > 0 ? [line.slice(0, at), line.slice(at + 1)] : [line];
}
