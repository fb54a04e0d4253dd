/** The longest sequence that both have in order, as pairs of places: what stands at the same place of two paths. */
export function align(a: readonly string[], b: readonly string[]): [number, number][] {
  const longest = a.map(() => new Uint16Array(b.length + 1)).concat(new Uint16Array(b.length + 1)); // of what is left of both
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
