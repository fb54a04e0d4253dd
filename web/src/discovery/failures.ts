import type { DiscoveryJob } from '../api/discovery';
import { byName } from '../text/format';

/** Addresses at which a discovery failed for one reason. */
export interface Failure {
  reason: string;
  addresses: string[];
}

/** The reasons name their address; without it, those of a whole range are one. What the fewest addresses have is told first. */
export function failuresOf(jobs: readonly DiscoveryJob[]): Failure[] {
  const found = new Map<string, string[]>();
  for (const { ipAddress, discoveryStatus, attributeInfo } of jobs) {
    if (discoveryStatus !== 'FAILURE') continue;
    const reason = (attributeInfo?.reason ?? 'No reason was given.').replaceAll(ipAddress, 'the address');
    found.set(reason, [...(found.get(reason) ?? []), ipAddress]);
  }
  const failures = [...found].map(([reason, addresses]) => ({ reason, addresses: addresses.sort(byName) }));
  return failures.sort((a, b) => a.addresses.length - b.addresses.length);
}

const MOST = 8;

/** `10.1.1.1, 10.1.1.2 and 250 more` */
export function addressText(addresses: readonly string[]): string {
  const rest = addresses.length - MOST;
  return addresses.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
