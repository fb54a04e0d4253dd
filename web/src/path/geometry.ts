import type { PathLayout, Spot, Way } from './layout';
import { rowsOf, type Row } from './rows';

/** Pixels of the drawing. It goes to the right, in as many rows as it needs, or down in one column. */
export interface Geometry {
  isVertical: boolean;
  width: number;
  height: number;
  rows: PlacedRow[];
  pitch: number; // from the cards of a column to those of the next
}

interface PlacedRow extends Row {
  top: number;
}

export interface Point {
  x: number;
  y: number;
}

export const CARD = { width: 164, height: 84 };
const MARGIN = 24;
const ACROSS = { least: 256, most: 340, lane: 120 }; // between two columns is room for a port, below a lane for notes
const DOWN = { column: 160, lane: 248 }; // beside a step is room for words: ports to its right, notes to its left
const BELOW = 30; // for the notes below the last lane
const TURN = { height: 34, each: 18 }; // from a row to the next: in all, and for each step that turns

/** From here on there is room for three cards beside each other. */
export const LEAST_ACROSS = 2 * MARGIN + 2 * ACROSS.least + CARD.width;

/** `room` is the width to stay within; a drawing that goes down has the width of its lanes. */
export function geometryOf(layout: PathLayout, room: number, isVertical: boolean): Geometry {
  const { columns, lanes } = layout;
  if (columns === 0) return { isVertical, width: 0, height: 0, rows: [], pitch: 0 };
  if (isVertical) {
    const height = 2 * MARGIN + CARD.height + (columns - 1) * DOWN.column;
    return { isVertical, width: 2 * MARGIN + lanes * DOWN.lane, height, rows: [], pitch: DOWN.column };
  }
  const inner = room - 2 * MARGIN - CARD.width;
  const broken = rowsOf(layout, Math.max(2, Math.floor(inner / ACROSS.least) + 1));
  const longest = Math.max(...broken.map((row) => row.last - row.first));
  const pitch = Math.min(ACROSS.most, Math.max(ACROSS.least, Math.floor(inner / Math.max(1, longest))));
  let y = MARGIN;
  const rows = broken.map((row, i) => {
    const top = y;
    y += (row.lanes - 1) * ACROSS.lane + CARD.height + BELOW;
    if (i < broken.length - 1) y += TURN.height + TURN.each * row.turning.length;
    return { ...row, top };
  });
  return { isVertical, width: 2 * MARGIN + CARD.width + longest * pitch, height: y + MARGIN - BELOW / 2, rows, pitch };
}

type Cell = Pick<Spot, 'column' | 'lane'>;

/** The upper left corner of the card at a place. */
export function corner(geometry: Geometry, { column, lane }: Cell): Point {
  if (geometry.isVertical)
    return { x: MARGIN + lane * DOWN.lane + (DOWN.lane - CARD.width) / 2, y: MARGIN + column * DOWN.column };
  const row = geometry.rows.find((one) => column <= one.last)!;
  return { x: MARGIN + (column - row.first) * geometry.pitch, y: row.top + lane * ACROSS.lane };
}

export interface Line {
  path: string; // of an SVG
  start: Point;
  end: Point;
  middle: Point; // of its last part; where it turns, of the run between the rows
  run: number; // the length of that run, 0 where it does not turn
}

/** From the side of one card to the facing side of another; where it skips columns, through the lane that is free there. */
export function lineOf(geometry: Geometry, way: Way, from: Cell, to: Cell): Line {
  const between = way.lane === null ? 0 : way.to - way.from - 1; // without a lane of its own it goes straight on
  const passed = Array.from({ length: between }, (_, i): Cell => ({ column: way.from + 1 + i, lane: way.lane! }));
  const cells = [from, ...passed, to];
  const start = side(geometry, from, true);
  const end = side(geometry, to, false);
  const line: Line = { path: `M${at(start)}`, start, end, middle: halfway(start, end), run: 0 };
  cells.slice(1).forEach((cell, i) => {
    const [a, b] = [side(geometry, cells[i]!, true), side(geometry, cell, false)];
    const turn = turnOf(geometry, way.edge, cells[i]!, cell);
    line.path += turn ? ` ${turned(a, b, turn)}` : ` ${curve(a, b, geometry.isVertical)}`;
    if (turn) [line.middle, line.run] = [{ x: (turn.left + turn.right) / 2, y: turn.y }, turn.right - turn.left];
    if (cell !== to) line.path += ` L${at(side(geometry, cell, true))}`;
  });
  if (passed.length > 0 && line.run === 0) line.middle = halfway(side(geometry, passed[0]!, false), side(geometry, passed.at(-1)!, true));
  return line;
}

interface Turn {
  right: number;
  left: number;
  y: number;
}

/** The way from a row to the next one: beside the cards, then back between the rows. Each step has a height of its own. */
function turnOf({ rows, pitch }: Geometry, edge: number, from: Cell, to: Cell): Turn | undefined {
  const row = rows.findIndex((one) => from.column <= one.last);
  if (row < 0 || to.column <= rows[row]!.last) return undefined;
  const { first, last, turning } = rows[row]!;
  const place = turning.indexOf(edge);
  const aside = 8 + Math.min(10, 4 * place);
  return {
    right: MARGIN + (last - first) * pitch + CARD.width + aside,
    left: MARGIN - aside,
    y: rows[row + 1]!.top - TURN.each * (turning.length - place) - 6,
  };
}

function turned(a: Point, b: Point, { right, left, y }: Turn): string {
  const BEND = 6;
  return `H${right - BEND} Q${right} ${a.y} ${right} ${a.y + BEND} V${y - BEND} Q${right} ${y} ${right - BEND} ${y} `
    + `H${left + BEND} Q${left} ${y} ${left} ${y + BEND} V${b.y - BEND} Q${left} ${b.y} ${left + BEND} ${b.y} H${b.x}`;
}

function side(geometry: Geometry, cell: Cell, isOut: boolean): Point {
  const { x, y } = corner(geometry, cell);
  return geometry.isVertical
    ? { x: x + CARD.width / 2, y: y + (isOut ? CARD.height : 0) }
    : { x: x + (isOut ? CARD.width : 0), y: y + CARD.height / 2 };
}

const halfway = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const at = (point: Point) => `${point.x} ${point.y}`;

function curve(a: Point, b: Point, isVertical: boolean): string {
  const half = halfway(a, b);
  return isVertical ? `C${a.x} ${half.y} ${b.x} ${half.y} ${at(b)}` : `C${half.x} ${a.y} ${half.x} ${b.y} ${at(b)}`;
}
