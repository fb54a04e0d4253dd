/** Puts a text into the clipboard. @returns whether the browser allowed it. */
export async function copyText(text: string): Promise<boolean> {
  // A page by plain HTTP from another machine has no clipboard of its own; what is selected can be copied there, too.
  if (!navigator.clipboard) return copySelected(text);
  return navigator.clipboard.writeText(text).then(() => true, () => false);
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true, className: 'skip' });
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
