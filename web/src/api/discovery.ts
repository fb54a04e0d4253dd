// What the page reads and writes of a discovery, by the names that it uses. Absent is what is not known.
import type * as schema from './schema';
import type { Always } from './envelope';

export type DiscoveryInput = Always<schema.DiscoveryInput, 'name' | 'discoveryType' | 'ipAddressList' | 'snmpVersion'>;
export type Discovery = Always<schema.DiscoveryItem, 'id' | 'name'>;
export type DiscoveryJob = schema.DiscoveryJob;
export type DiscoveryPreview = schema.DiscoveryPreview;
export type NotContacted = schema.NotContacted;
