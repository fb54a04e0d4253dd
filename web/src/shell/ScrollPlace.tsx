import type { ReactNode } from 'react';

/** A place that may scroll sideways: by mouse, by touch, and by keys once it has the focus. */
export function ScrollPlace({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="scroll-place" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
