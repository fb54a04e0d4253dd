import { useState, type RefObject } from 'react';
import { Button, Group } from '@mantine/core';
import type { FlowResult } from '../api/flow';
import { CopyButton } from '../shell/CopyButton';
import { linkOf } from './flowText';
import type { Palette } from './palette';
import { pathText } from './pathText';
import { svgText } from './svgText';

interface Props {
  result: FlowResult;
  drawing: RefObject<SVGSVGElement | null>;
  palette: Palette;
}

export function CopyPath({ result, drawing, palette }: Props) {
  const link = window.location.href.split('#')[0] + linkOf(result.request, result.request.id);
  return (
    <Group gap="xs" role="group" aria-label="Copy the path">
      <CopyButton label="Copy text" value={pathText(result)} />
      <CopyButton label="Copy link" value={link} />
      <CopyButton label="Copy JSON" value={JSON.stringify(result, null, 2)} />
      <CopySvg drawing={drawing} palette={palette} />
    </Group>
  );
}

/** Reads the drawing when it is pressed: before that it may have changed. */
function CopySvg({ drawing, palette }: Pick<Props, 'drawing' | 'palette'>) {
  const [said, say] = useState('Copy SVG');
  async function copy() {
    if (!drawing.current) return;
    const done = await navigator.clipboard.writeText(svgText(drawing.current.outerHTML, palette)).then(() => true, () => false);
    say(done ? 'Copied' : 'The browser did not allow it');
    setTimeout(() => say('Copy SVG'), 1500);
  }
  return <Button size="compact-sm" variant="default" onClick={() => void copy()} aria-live="polite">{said}</Button>;
}
