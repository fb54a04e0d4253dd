// The shapes of the API that the page reads, as src/Contracts has them. Absent is what is not known.

export interface Device {
  id: string;
  hostname?: string | null;
  managementIpAddress: string;
  macAddress?: string | null;
  serialNumber?: string | null;
  family?: string | null;
  type?: string | null;
  platformId?: string | null;
  softwareType?: string | null;
  softwareVersion?: string | null;
  role?: string | null;
  upTime?: string | null;
  lastUpdateTime?: number | null;
  reachabilityStatus?: string | null;
  reachabilityFailureReason?: string | null;
  collectionStatus?: string | null;
  errorDescription?: string | null;
  interfaceCount?: string | null;
}

export interface Coverage {
  table?: string;
  context?: string;
  outcome?: string;
  rows?: number;
  reason?: string;
  cost?: string;
  remedy?: string;
}

export interface Interface {
  id: string;
  deviceId: string;
  portName: string;
  status?: string;
  adminStatus?: string;
  speed?: string; // kbit/s
  duplex?: string;
  mtu?: string;
  description?: string;
  ipv4Address?: string;
  ipv4Mask?: string;
  vlanId?: string;
  macAddress?: string;
}

export interface Host {
  id: string;
  hostIp?: string;
  hostMac?: string;
  hostName?: string;
  hostType?: string;
  connectedNetworkDeviceId?: string;
  connectedNetworkDeviceIpAddress?: string;
  connectedInterfaceName?: string;
  connectedAPName?: string;
  vlanId?: string;
  lastUpdated?: string; // epoch milliseconds
  isGone?: boolean;
}

export interface NetworkEvent {
  id: string;
  timestamp: number;
  since?: number;
  kind: string;
  deviceId?: string;
  deviceName?: string;
  table?: string;
  row?: Record<string, string>;
  before?: Record<string, string>;
  after?: Record<string, string>;
  reason?: string;
}

export interface Topology {
  nodes: TopologyNode[];
  links: TopologyLink[];
}

export interface TopologyNode {
  id: string;
  label?: string;
  ip?: string;
  nodeType?: string; // device, HOST, cloud node
  family?: string;
  role?: string;
  greyOut?: boolean;
}

export interface TopologyLink {
  id?: string;
  source: string;
  target: string;
  startPortName?: string;
  endPortName?: string;
  linkStatus?: string;
}
