import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { copyText } from './copy';

interface Props {
  label: string;
  value: string | (() => string); // a function is asked when the button is pressed
}

const SAID = 1500; // milliseconds

/** Says what it copies, and that it has. */
export function CopyButton({ label, value }: Props) {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(''), SAID);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => say((await copyText(typeof value === 'string' ? value : value())) ? 'Copied' : 'The browser did not allow it');
  return <Button size="compact-sm" variant="default" onClick={() => void copy()} aria-live="polite">{said || label}</Button>;
}
