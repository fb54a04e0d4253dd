import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '..');
const STYLES = join(SOURCE, '..', 'node_modules', '@mantine', 'core', 'styles');

test('every component of Mantine that is used has its styles', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  const used = files.flatMap((file) => [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)]);
  const names = new Set(used.flatMap((match) => match[1]!.split(',').map((name) => name.trim().split(' ')[0]!)));
  const styled = [...names].filter((name) => existsSync(join(STYLES, `${name}.css`)));
  const imported = readFileSync(join(SOURCE, 'shell', 'styles.ts'), 'utf8');
  expect(styled.length).toBeGreaterThan(10);
  expect(styled.filter((name) => !imported.includes(`/${name}.css'`))).toEqual([]);
});
