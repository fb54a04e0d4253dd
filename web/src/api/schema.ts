// The schemas of /openapi/v1.json, written by test/Server/Describing/PageTypesTests.cs. Do not edit.

export interface Accuracy {
  percent?: number;
  reason?: string;
}

export interface AclAnalysis {
  aclName?: string;
  result?: string;
  matchingAces?: MatchingAce[];
}

export interface AddressText {
  address: string;
}

export interface CpuStatistics {
  fiveSecsUsageInPercentage?: number;
  oneMinUsageInPercentage?: number;
  fiveMinUsageInPercentage?: number;
  refreshedAt?: number;
}

export interface DetailedStatus {
  aclTraceCalculation?: string;
  aclTraceCalculationFailureReason?: string;
  aclEvaluated?: boolean;
}

export interface DeviceStatistics {
  cpuStatistics?: CpuStatistics;
  memoryStatistics?: MemoryStatistics;
}

export interface DiscoveryInput {
  name: string;
  discoveryType: string;
  ipAddressList: string;
  ipFilterList?: string[];
  withinList?: string[];
  addressBudget?: number;
  pace?: string;
  cdpLevel?: number;
  lldpLevel?: number;
  protocolOrder?: string;
  retry?: number;
  retryCount?: number;
  timeout?: number;
  snmpPort?: number;
  snmpVersion?: string;
  snmpROCommunity?: string;
  snmpROCommunityDesc?: string;
  snmpRWCommunity?: string;
  snmpRWCommunityDesc?: string;
  snmpUserName?: string;
  snmpMode?: string;
  snmpAuthProtocol?: string;
  snmpAuthPassphrase?: string;
  snmpPrivProtocol?: string;
  snmpPrivPassphrase?: string;
  userNameList?: string[];
  passwordList?: string[];
  enablePasswordList?: string[];
  globalCredentialIdList?: string[];
  netconfPort?: string;
  httpReadCredential?: HttpCredential;
  httpWriteCredential?: HttpCredential;
  preferredMgmtIPMethod?: string;
  parentDiscoveryId?: string;
  reDiscovery?: boolean;
}

export interface DiscoveryItem {
  id: string;
  name: string;
  discoveryType?: string;
  ipAddressList?: string;
  ipFilterList?: string;
  withinList?: string;
  addressBudget?: number;
  pace?: string;
  numNotContacted?: number;
  discoveryStatus?: string;
  discoveryCondition?: string;
  numDevices?: number;
  deviceIds?: string;
  cdpLevel?: number;
  lldpLevel?: number;
  protocolOrder?: string;
  retryCount?: number;
  timeOut?: number;
  snmpPort?: number;
  snmpRoCommunity?: string;
  snmpRoCommunityDesc?: string;
  snmpRwCommunity?: string;
  snmpRwCommunityDesc?: string;
  snmpUserName?: string;
  snmpMode?: string;
  snmpAuthProtocol?: string;
  snmpAuthPassphrase?: string;
  snmpPrivProtocol?: string;
  snmpPrivPassphrase?: string;
  userNameList?: string;
  passwordList?: string;
  enablePasswordList?: string;
  globalCredentialIdList?: string[];
  netconfPort?: string;
  httpReadCredential?: HttpCredential;
  httpWriteCredential?: HttpCredential;
  preferredMgmtIPMethod?: string;
  isAutoCdp?: boolean;
  updateMgmtIp?: boolean;
  parentDiscoveryId?: string;
  attributeInfo?: Record<string, string>;
}

export interface DiscoveryJob {
  id?: string;
  name?: string;
  ipAddress: string;
  jobStatus: string;
  discoveryStatus?: string;
  pingStatus?: string;
  snmpStatus?: string;
  cliStatus?: string;
  netconfStatus?: string;
  httpStatus?: string;
  inventoryCollectionStatus?: string;
  inventoryReachabilityStatus?: string;
  startTime?: string;
  endTime?: string;
  taskId?: string;
  credentialId?: string;
  credential?: string;
  attributeInfo?: Record<string, string>;
}

export interface DiscoveryPreview {
  addressCount: number;
  credentialCount: number;
  datagramCount: number;
  minutes: number;
  pace: string;
}

export interface ElementInterface {
  physicalInterface?: InterfaceInfo;
  virtualInterface?: InterfaceInfo[];
}

export interface EventItem {
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

export interface FlexConnect {
  authentication?: string;
  dataSwitching?: string;
  egressAclAnalysis?: AclAnalysis;
  ingressAclAnalysis?: AclAnalysis;
  wirelessLanControllerId?: string;
  wirelessLanControllerName?: string;
}

export interface FlowAnalysisReference {
  flowAnalysisId: string;
  taskId: string;
  url: string;
}

export interface FlowAnalysisRequest {
  sourceIP: string;
  destIP: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  periodicRefresh?: boolean;
  controlPath?: boolean;
  verify?: boolean;
  inclusions?: string[];
}

export interface FlowAnalysisRequestItem {
  id: string;
  status: string;
  sourceIP: string;
  destIP: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  periodicRefresh?: boolean;
  controlPath?: boolean;
  verify?: boolean;
  inclusions?: string[];
  createTime?: number;
  lastUpdateTime?: number;
  failureReason?: string;
}

export interface FlowAnalysisResult {
  request: FlowAnalysisRequestItem;
  lastUpdate?: string;
  detailedStatus?: DetailedStatus;
  networkElements?: NetworkElement[];
  networkElementsInfo?: NetworkElementInfo[];
  properties?: string[];
  pathGraph?: PathGraph;
}

export interface GlobalCredentialItem {
  username?: string;
  password?: string;
  enablePassword?: string;
  readCommunity?: string;
  writeCommunity?: string;
  snmpMode?: string;
  authType?: string;
  authPassword?: string;
  privacyType?: string;
  privacyPassword?: string;
  netconfPort?: string;
  port?: number;
  secure?: boolean;
  id: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface HostItem {
  id: string;
  hostIp?: string;
  hostMac?: string;
  hostName?: string;
  hostType?: string;
  subType?: string;
  connectedNetworkDeviceId?: string;
  connectedNetworkDeviceIpAddress?: string;
  connectedInterfaceId?: string;
  connectedInterfaceName?: string;
  connectedAPName?: string;
  connectedAPMacAddress?: string;
  vlanId?: string;
  source?: string;
  lastUpdated?: string;
  avgUpdateFrequency?: string;
  pointOfAttachment?: string;
  pointOfPresence?: string;
  attributeInfo?: Record<string, string>;
  isGone?: boolean;
}

export interface HttpCredential {
  username?: string;
  password?: string;
  port?: number;
  secure?: boolean;
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface InterfaceAddressItem {
  address: NestedAddress;
  type: string;
}

export interface InterfaceInfo {
  id?: string;
  name?: string;
  vrfName?: string;
  usedVlan?: string;
  aclAnalysis?: AclAnalysis;
  interfaceStatistics?: InterfaceStatistics;
  interfaceStatsCollection?: string;
  interfaceStatsCollectionFailureReason?: string;
  qosStatistics?: QosStatistics[];
  qosStatsCollection?: string;
  qosStatsCollectionFailureReason?: string;
  pathOverlayInfo?: PathOverlayInfo[];
}

export interface InterfaceItem {
  id: string;
  instanceUuid?: string | null;
  instanceTenantId?: string | null;
  deviceId: string;
  portName: string;
  portMode?: string | null;
  portType?: string | null;
  interfaceType?: string | null;
  className?: string | null;
  description?: string | null;
  status?: string | null;
  adminStatus?: string | null;
  speed?: string | null;
  duplex?: string | null;
  mtu?: string | null;
  mediaType?: string | null;
  ifIndex?: string | null;
  macAddress?: string | null;
  ipv4Address?: string | null;
  ipv4Mask?: string | null;
  vlanId?: string | null;
  nativeVlanId?: string | null;
  voiceVlan?: string | null;
  isisSupport?: string | null;
  ospfSupport?: string | null;
  mappedPhysicalInterfaceId?: string | null;
  mappedPhysicalInterfaceName?: string | null;
  pid?: string | null;
  serialNo?: string | null;
  series?: string | null;
  lastUpdated?: string | null;
  addresses?: InterfaceAddressItem[] | null;
}

export interface InterfaceStatistics {
  adminStatus?: string;
  operationalStatus?: string;
  inputPackets?: number;
  outputPackets?: number;
  inputRatebps?: number;
  outputRatebps?: number;
  inputQueueCount?: number;
  inputQueueDrops?: number;
  inputQueueFlushes?: number;
  inputQueueMaxDepth?: number;
  outputQueueCount?: number;
  outputQueueDepth?: number;
  outputDrop?: number;
  inputUtilizationInPercentage?: number;
  outputUtilizationInPercentage?: number;
  inputErrors?: number;
  outputErrors?: number;
  inputDiscards?: number;
  refreshedAt?: number;
}

export interface MatchingAce {
  ace?: string;
  result?: string;
  matchingPorts?: MatchingPorts[];
}

export interface MatchingPorts {
  protocol?: string;
  ports?: PortPairs[];
}

export interface MemoryStatistics {
  memoryUsage?: number;
  totalMemory?: number;
  refreshedAt?: number;
}

export interface NestedAddress {
  ipAddress: AddressText;
  ipMask: AddressText;
  isInverseMask: boolean;
}

export interface NetworkDeviceItem {
  id: string;
  instanceUuid?: string | null;
  instanceTenantId?: string | null;
  hostname?: string | null;
  managementIpAddress: string;
  macAddress?: string | null;
  serialNumber?: string | null;
  family?: string | null;
  type?: string | null;
  series?: string | null;
  platformId?: string | null;
  softwareType?: string | null;
  softwareVersion?: string | null;
  role?: string | null;
  roleSource?: string | null;
  upTime?: string | null;
  bootDateTime?: string | null;
  lastUpdated?: string | null;
  lastUpdateTime?: number | null;
  reachabilityStatus?: string | null;
  reachabilityFailureReason?: string | null;
  collectionStatus?: string | null;
  collectionInterval?: string | null;
  inventoryStatusDetail?: string | null;
  errorCode?: string | null;
  errorDescription?: string | null;
  interfaceCount?: string | null;
  lineCardCount?: string | null;
  lineCardId?: string | null;
  memorySize?: string | null;
  tagCount?: string | null;
  snmpContact?: string | null;
  snmpLocation?: string | null;
  location?: string | null;
  locationName?: string | null;
  apManagerInterfaceIp?: string | null;
  associatedWlcIp?: string | null;
  tunnelUdpPort?: string | null;
  waasDeviceMode?: string | null;
}

export interface NetworkElement {
  id: string;
  name?: string;
  ip?: string;
  type?: string;
  role?: string;
  linkInformationSource?: string;
  tunnels?: string[];
  ingressPhysicalInterface?: InterfaceInfo;
  egressPhysicalInterface?: InterfaceInfo;
  ingressVirtualInterface?: InterfaceInfo;
  egressVirtualInterface?: InterfaceInfo;
  deviceStatistics?: DeviceStatistics;
  deviceStatsCollection?: string;
  deviceStatsCollectionFailureReason?: string;
  perfMonCollection?: string;
  perfMonCollectionFailureReason?: string;
  perfMonStatistics?: PerfMonitorStatistics[];
  accuracyList?: Accuracy[];
  detailedStatus?: DetailedStatus;
  flexConnect?: FlexConnect;
  ssid?: string;
  wlanId?: string;
}

export interface NetworkElementInfo {
  id: string;
  name?: string;
  ip?: string;
  type?: string;
  role?: string;
  linkInformationSource?: string;
  tunnels?: string[];
  ingressInterface?: ElementInterface;
  egressInterface?: ElementInterface;
  deviceStatistics?: DeviceStatistics;
  deviceStatsCollection?: string;
  deviceStatsCollectionFailureReason?: string;
  perfMonCollection?: string;
  perfMonCollectionFailureReason?: string;
  perfMonitorStatistics?: PerfMonitorStatistics[];
  accuracyList?: Accuracy[];
  detailedStatus?: DetailedStatus;
  flexConnect?: FlexConnect;
  ssid?: string;
  wlanId?: string;
}

export interface NotContacted {
  ipAddress: string;
  announcedBy: string;
  neighbor?: string;
  reason: string;
}

export interface PathEdge {
  from: number;
  to: number;
  egress?: PathPort;
  label: string;
  share: number;
  confidence?: number;
  reason?: string;
  prefix?: string;
  nextHop?: string;
  candidate?: boolean;
  namedByFlowRecord?: boolean;
  entered?: PathTunnel[];
  wires?: PathWire[];
  evidence?: PathEvidence[];
}

export interface PathEnding {
  kind: string;
  node?: number;
  reason?: string;
  confidence?: number;
  deviceId?: string;
  interface?: string;
  nextHop?: string;
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

export interface PathGraph {
  nodes: PathNode[];
  edges: PathEdge[];
  shown: number[];
  ending: PathEnding;
  endings?: PathEnding[];
}

export interface PathNode {
  kind: string;
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

export interface PathOverlayInfo {
  controlPlane?: string;
  dataPacketEncapsulation?: string;
  sourceIp?: string;
  destIp?: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  vxlanInfo?: VxlanInfo;
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

export interface PathWire {
  egress: string;
  ingress: string;
}

export interface PerfMonitorStatistics {
  sourceIpAddress?: string;
  destIpAddress?: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  inputInterface?: string;
  outputInterface?: string;
  ipv4DSCP?: string;
  ipv4TTL?: number;
  byteRate?: number;
  packetBytes?: number;
  packetCount?: number;
  packetLoss?: number;
  packetLossPercentage?: number;
  rtpJitterMin?: number;
  rtpJitterMean?: number;
  rtpJitterMax?: number;
  refreshedAt?: number;
}

export interface PortPairs {
  sourcePorts?: string[];
  destPorts?: string[];
}

export interface QosStatistics {
  classMapName?: string;
  queueBandwidthbps?: string;
  queueDepth?: number;
  numPackets?: number;
  numBytes?: number;
  offeredRate?: number;
  dropRate?: number;
  queueTotalDrops?: number;
  queueNoBufferDrops?: number;
  refreshedAt?: number;
}

export interface SearchHit {
  kind: string;
  id?: string;
  name: string;
  field: string;
  value: string;
  deviceId?: string;
  deviceName?: string;
}

export interface TableCoverage {
  table?: string;
  context?: string;
  outcome?: string;
  rows?: number;
  reason?: string;
  cost?: string;
  remedy?: string;
}

export interface TableRowItem {
  deviceId?: string;
  deviceName?: string;
  managementIpAddress?: string;
  collectedAt?: number;
  row: Record<string, string>;
}

export interface TaskItem {
  id: string;
  rootId: string;
  parentId?: string;
  serviceType: string;
  username?: string;
  startTime: number;
  endTime?: number;
  lastUpdate?: number;
  version: number;
  progress?: string;
  data?: string;
  isError: boolean;
  errorCode?: string;
  errorKey?: string;
  failureReason?: string;
  operationIdList?: string[];
  additionalStatusURL?: string;
  instanceTenantId?: string;
}

export interface TicketAnswer {
  serviceTicket: string;
  idleTimeout: number;
  sessionTimeout: number;
}

export interface TopologyGraph {
  id?: string;
  nodes: TopologyNode[];
  links: TopologyLink[];
}

export interface TopologyLink {
  id?: string;
  source: string;
  target: string;
  startPortID?: string;
  startPortName?: string;
  startPortSpeed?: string;
  startPortIpv4Address?: string;
  startPortIpv4Mask?: string;
  endPortID?: string;
  endPortName?: string;
  endPortSpeed?: string;
  endPortIpv4Address?: string;
  endPortIpv4Mask?: string;
  linkStatus?: string;
  tag?: string;
  greyOut?: boolean;
  additionalInfo?: Record<string, string>;
}

export interface TopologyNode {
  id: string;
  label?: string;
  ip?: string;
  nodeType?: string;
  deviceType?: string;
  family?: string;
  role?: string;
  roleSource?: string;
  platformId?: string;
  softwareVersion?: string;
  osType?: string;
  networkType?: string;
  vlanId?: string;
  userId?: string;
  dataPathId?: string;
  upperNode?: string;
  order?: number;
  x?: number;
  y?: number;
  fixed?: boolean;
  greyOut?: boolean;
  aclApplied?: boolean;
  tags?: string[];
  customParam?: TopologyPosition;
  additionalInfo?: Record<string, string>;
}

export interface TopologyPosition {
  id?: string;
  label?: string;
  parentNodeId?: string;
  x?: number;
  y?: number;
}

export interface VxlanInfo {
  dscp?: string;
  vnid?: string;
}
