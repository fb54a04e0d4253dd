import { Button, CopyButton as Copied } from '@mantine/core';

/** Says what it copies, and that it has. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  return (
    <Copied value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy} aria-live="polite">
          {copied ? 'Copied' : label}
        </Button>
      )}
    </Copied>
  );
}
