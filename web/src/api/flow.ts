// The shapes of the API that the page reads, as src/Contracts has them. Absent is what is not known.

export interface FlowRequest {
  sourceIP: string;
  destIP: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  verify?: boolean;
  periodicRefresh?: boolean; // every 30 s
  inclusions?: string[];
}

export interface FlowReference {
  flowAnalysisId: string;
  taskId: string;
}

export interface FlowItem extends FlowRequest {
  id: string;
  status: 'INPROGRESS' | 'COMPLETED' | 'FAILED';
  createTime?: number;
  lastUpdateTime?: number; // 0 before the first answer
  failureReason?: string;
}

export interface FlowResult {
  request: FlowItem;
  detailedStatus?: { aclEvaluated?: boolean };
  networkElementsInfo?: Element[];
  pathGraph?: PathGraph;
}

export interface Element {
  id: string;
  name?: string;
  ip?: string;
  type?: string;
  role?: string;
  ingressInterface?: ElementInterface;
  egressInterface?: ElementInterface;
  deviceStatistics?: { cpuStatistics?: { fiveMinUsageInPercentage?: number } };
}

export interface ElementInterface {
  physicalInterface?: { name?: string; interfaceStatistics?: InterfaceStatistics };
}

export interface InterfaceStatistics {
  operationalStatus?: string;
  inputRatebps?: number;
  outputRatebps?: number;
  inputQueueDrops?: number;
  outputDrop?: number;
  inputDiscards?: number;
  inputErrors?: number;
  outputErrors?: number;
  inputUtilizationInPercentage?: number;
  outputUtilizationInPercentage?: number;
}

export interface PathGraph {
  nodes: PathNode[]; // the first is the source
  edges: PathEdge[];
  shown: number[]; // indexes of edges
  ending: PathEnding;
  endings?: PathEnding[];
}

export interface PathNode {
  kind: 'Host' | 'AccessPoint' | 'Device' | 'Unknown';
  id?: string;
  name?: string;
  ip?: string;
  macAddress?: string;
  routerId?: string;
  ingress?: PathPort;
  tunnels?: PathTunnel[];
  policyEvaluated?: boolean;
  evidence?: PathEvidence[];
}

export interface PathEdge {
  from: number;
  to: number;
  egress?: PathPort;
  label: string;
  share: number; // 0..1
  confidence?: number; // 0..1
  reason?: string;
  prefix?: string;
  nextHop?: string;
  candidate?: boolean;
  namedByFlowRecord?: boolean;
  entered?: PathTunnel[];
  wires?: { egress: string; ingress: string }[];
  evidence?: PathEvidence[];
}

export interface PathPort {
  name?: string;
  ifIndex?: number;
  vlan?: number;
  virtual?: string[];
  members?: string[];
  vrf?: string;
}

export interface PathTunnel {
  kind: string;
  outerSource: string;
  outerDestination: string;
}

export interface PathEvidence {
  deviceId?: string;
  table?: string;
  key?: string;
  collectedAt?: number;
  readNow?: boolean;
  changedNow?: boolean;
  notReadNow?: string;
  method?: string;
  doubt?: string;
}

export interface PathEnding {
  kind: string;
  node?: number;
  reason?: string;
  confidence?: number;
  interface?: string;
  nextHop?: string;
}
