// What a device says of itself is anybody's text. React writes it as text, never as markup; this keeps it from lying about its order
// (bidirectional controls), from hiding (zero width) and from filling the page.

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
const LONGEST = 200;

/** One line of at most `longest` characters, in which what cannot be seen is shown by its number: `\u{202e}`. */
export function plain(text: string | number | null | undefined, longest = LONGEST): string {
  if (text === null || text === undefined) return '';
  const characters = [...String(text).slice(0, 4 * longest)];
  const cut = characters.length > longest ? [...characters.slice(0, longest - 1), '…'] : characters;
  return cut.join('').replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
