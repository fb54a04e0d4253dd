// What the page reads and writes of a discovery, by the names that it uses. Absent is what is not known.
import type * as schema from './schema';

export type DiscoveryInput = schema.DiscoveryInput;
export type Discovery = schema.DiscoveryItem;
export type DiscoveryJob = schema.DiscoveryJob;
export type DiscoveryPreview = schema.DiscoveryPreview;
export type NotContacted = schema.NotContacted;
