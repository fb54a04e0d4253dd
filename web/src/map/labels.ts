const HEIGHT = 13; // pixels of a line in a font of 12
const LETTER = 6.7; // pixels, of a wide font

/** Which names can be written without covering one that was written before. */
export class FreePlaces {
  readonly #lines = new Map<number, { left: number; right: number; y: number }[]>(); // by the line's number from the top

  /** Takes the place of a text around `x`, on the line `y`; false where another one is there. */
  take(text: string, x: number, y: number): boolean {
    const half = (text.length * LETTER) / 2;
    const [left, right, line] = [x - half, x + half, Math.floor(y / HEIGHT)];
    for (const near of [line - 1, line, line + 1]) {
      for (const other of this.#lines.get(near) ?? [])
        if (left < other.right && right > other.left && Math.abs(y - other.y) < HEIGHT) return false;
    }
    const same = this.#lines.get(line);
    if (same) same.push({ left, right, y });
    else this.#lines.set(line, [{ left, right, y }]);
    return true;
  }
}
