// What the page reads of the inventory, by the names that it uses. Absent or null is what is not known.
import type * as schema from './schema';

export type Device = schema.NetworkDeviceItem;
export type Coverage = schema.TableCoverage;
export type Interface = schema.InterfaceItem; // speed in kbit/s
export type Host = schema.HostItem; // lastUpdated in epoch milliseconds
export type NetworkEvent = schema.EventItem;
export type Found = schema.SearchHit; // a hit of the search, of any kind
export type Topology = schema.TopologyGraph;
export type TopologyNode = schema.TopologyNode; // nodeType: device, HOST, cloud node
export type TopologyLink = schema.TopologyLink;
