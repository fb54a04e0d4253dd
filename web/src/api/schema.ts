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

export interface ActivityItem {
  id: string;
  description?: string;
  type: string;
  status: string;
  recurring: boolean;
  startTime: number;
  endTime?: number;
}

export interface AddressText {
  address: string;
}

export interface CliCredential {
  username?: string;
  password?: string;
  enablePassword?: string;
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface ClientConnection {
  hostType: string;
  nwDeviceName?: string;
  nwDeviceMac?: string;
}

export interface ClientDetail {
  detail: ClientFacts;
  connectionInfo: ClientConnection;
  topology: TopologyGraph;
}

export interface ClientDevice {
  id: string;
  name: string;
  mgmtIp: string;
  type: string;
}

export interface ClientFacts {
  id: string;
  connectionStatus: string;
  hostType: string;
  hostMac: string;
  hostIpV4?: string;
  vlanId?: string;
  port?: string;
  clientConnection?: string;
  lastUpdated?: number;
  connectedDevice?: ClientDevice[];
}

export interface CollectionScheduleInput {
  intervalSeconds?: number;
}

export interface ConnectedDevice {
  neighborDevice: string;
  neighborPort?: string;
}

export interface CountResult {
  count: number;
}

export interface CpuStatistics {
  fiveSecsUsageInPercentage?: number;
  oneMinUsageInPercentage?: number;
  fiveMinUsageInPercentage?: number;
  refreshedAt?: number;
}

export interface CredentialsByKind {
  cliCredential: GlobalCredentialItem[];
  snmpV2cRead: GlobalCredentialItem[];
  snmpV2cWrite: GlobalCredentialItem[];
  snmpV3: GlobalCredentialItem[];
  httpsRead: GlobalCredentialItem[];
  httpsWrite: GlobalCredentialItem[];
}

export interface DetailedStatus {
  aclTraceCalculation?: string;
  aclTraceCalculationFailureReason?: string;
  aclEvaluated?: boolean;
}

export interface DeviceDetail {
  nwDeviceId: string;
  nwDeviceName: string;
  managementIpAddr?: string;
  macAddress?: string;
  serialNumber?: string;
  platformId?: string;
  nwDeviceFamily?: string;
  nwDeviceType?: string;
  nwDeviceRole?: string;
  deviceSeries?: string;
  osType?: string;
  softwareVersion?: string;
  communicationState?: string;
  collectionStatus?: string;
  lastBootTime?: number;
  location?: string;
  timestamp?: string;
}

export interface DeviceStatistics {
  cpuStatistics?: CpuStatistics;
  memoryStatistics?: MemoryStatistics;
}

export interface DiscoveredDevice {
  id?: string;
  hostname?: string;
  managementIpAddress?: string;
  macAddress?: string;
  serialNumber?: string;
  family?: string;
  type?: string;
  vendor?: string;
  platformId?: string;
  softwareVersion?: string;
  imageName?: string;
  role?: string;
  roleSource?: string;
  upTime?: string;
  bootDateTime?: string;
  lastUpdated?: string;
  reachabilityStatus?: string;
  reachabilityFailureReason?: string;
  errorCode?: string;
  errorDescription?: string;
  interfaceCount?: string;
  lineCardCount?: string;
  lineCardId?: string;
  memorySize?: string;
  snmpContact?: string;
  snmpLocation?: string;
  location?: string;
  locationName?: string;
  tag?: string;
  tagCount?: number;
  pingStatus?: string;
  snmpStatus?: string;
  cliStatus?: string;
  netconfStatus?: string;
  httpStatus?: string;
  inventoryCollectionStatus?: string;
  inventoryReachabilityStatus?: string;
  numUpdates?: number;
  avgUpdateFrequency?: number;
  duplicateDeviceId?: string;
  authModelId?: string;
  anchorWlcForAp?: string;
  wlcApDeviceStatus?: string;
  portRange?: string;
  qosStatus?: string;
  ingressQueueConfig?: string;
}

export interface DiscoveryInput {
  name?: string;
  discoveryType?: string;
  ipAddressList?: string;
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
  id?: string;
  name?: string;
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

export interface ErrorBody {
  errorCode: string;
  message: string;
  detail?: string | null;
  href?: string | null;
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

export interface ExecutionStatus {
  bapiName?: string;
  bapiExecutionId: string;
  startTime?: string;
  startTimeEpoch?: number;
  endTime?: string;
  endTimeEpoch?: number;
  timeDuration?: number;
  status: string;
  bapiSyncResponse?: string;
  bapiError?: string;
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
  sourceIP?: string;
  destIP?: string;
  sourcePort?: string;
  destPort?: string;
  protocol?: string;
  periodicRefresh?: boolean;
  controlPath?: boolean;
  verify?: boolean;
  inclusions?: string[];
}

export interface FlowAnalysisRequestItem {
  id?: string;
  status?: string;
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
  id?: string;
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

export interface ManagementAddressChange {
  existMgmtIpAddress?: string;
  newMgmtIpAddress?: string;
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

export interface ModuleItem {
  id: string;
  name?: string;
  moduleIndex?: number;
  partNumber?: string;
  serialNumber?: string;
  manufacturer?: string;
  description?: string;
  operationalStateCode?: string;
  vendorEquipmentType?: string;
  entityPhysicalIndex?: string;
  containmentEntity?: string;
  assemblyNumber?: string;
  assemblyRevision?: string;
  isFieldReplaceable?: string;
  isReportingAlarmsAllowed?: string;
  attributeInfo?: Record<string, string>;
}

export interface NestedAddress {
  ipAddress: AddressText;
  ipMask: AddressText;
  isInverseMask: boolean;
}

export interface NetworkDeviceBrief {
  id?: string;
  role?: string;
  roleSource?: string;
}

export interface NetworkDeviceInput {
  ipAddress?: string[];
  userName?: string;
  password?: string;
  enablePassword?: string;
  cliTransport?: string;
  snmpVersion?: string;
  snmpROCommunity?: string;
  snmpRWCommunity?: string;
  snmpUserName?: string;
  snmpMode?: string;
  snmpAuthProtocol?: string;
  snmpAuthPassphrase?: string;
  snmpPrivProtocol?: string;
  snmpPrivPassphrase?: string;
  snmpRetry?: number;
  snmpTimeout?: number;
  serialNumber?: string;
  extendedDiscoveryInfo?: string;
  netconfPort?: string;
  httpUserName?: string;
  httpPassword?: string;
  httpPort?: string;
  httpSecure?: boolean;
  computeDevice?: boolean;
  type?: string;
  updateMgmtIPaddressList?: ManagementAddressChange[];
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

export interface PathComparison {
  isReverse: boolean;
  commonElements: number;
  firstDifference?: PathDifference;
}

export interface PathDifference {
  what: string;
  after?: string;
  here?: string;
  there?: string;
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

export interface PathTraceAclRules {
  matchingAclRules?: MatchingAce[];
}

export interface PathTraceAclStatus {
  aclTraceCalculation?: string;
  aclTraceCalculationFailureReason?: string;
}

export interface PathTraceElement {
  id: string;
  name?: string;
  ipAddress?: string;
  macAddress?: string;
  type?: string;
  role?: string;
  linkInformationSource?: string;
  tunnels?: string[];
  ssid?: string;
  wlanId?: string;
  accuracyList?: Accuracy[];
  aclStatus?: PathTraceAclStatus;
  deviceStatistics?: DeviceStatistics;
  deviceStatsCollection?: string;
  deviceStatsCollectionFailureReason?: string;
  performanceMonitorStatistics?: PerfMonitorStatistics[];
  performanceMonitorCollection?: string;
  performanceMonitorCollectionFailureReason?: string;
  ingressInterface?: PathTraceElementInterface;
  egressInterface?: PathTraceElementInterface;
}

export interface PathTraceElementInterface {
  physicalInterface?: PathTraceInterface;
  virtualInterface?: PathTraceInterface[];
}

export interface PathTraceInput {
  sourceIpAddress?: string;
  destinationIpAddress?: string;
  sourceMacAddress?: string;
  destinationMacAddress?: string;
  sourcePort?: string;
  destinationPort?: string;
  protocol?: string;
  controlPath?: boolean;
  periodicRefresh?: boolean;
  inclusions?: string[];
}

export interface PathTraceInterface {
  id?: string;
  name?: string;
  vrfName?: string;
  usedVlan?: string;
  aclName?: string;
  aclResult?: string;
  aclRules?: PathTraceAclRules;
  interfaceStatistics?: PathTraceInterfaceStatistics;
  interfaceStatsCollection?: string;
  interfaceStatsCollectionFailureReason?: string;
  qos?: PathTraceQos;
  pathOverlayInfo?: PathOverlayInfo[];
}

export interface PathTraceInterfaceStatistics {
  adminStatus?: string;
  operationalStatus?: string;
  inputPackets?: number;
  outputPackets?: number;
  inputRateInBps?: number;
  outputRateInBps?: number;
  inputQueueDrops?: number;
  outputDrop?: number;
  inputUtilizationInPercentage?: number;
  outputUtilizationInPercentage?: number;
  inputErrors?: number;
  outputErrors?: number;
  inputDiscards?: number;
  refreshedAt?: number;
}

export interface PathTraceItem {
  id: string;
  sourceIpAddress: string;
  destinationIpAddress: string;
  sourcePort?: string;
  destinationPort?: string;
  protocol?: string;
  status: string;
  controlPath?: boolean;
  periodicRefresh?: boolean;
  createTime?: number;
  lastUpdateTime?: number;
  failureReason?: string;
  inclusions?: string[];
}

export interface PathTraceQos {
  statsCollection?: string;
  collectionFailureReason?: string;
}

export interface PathTraceReference {
  taskId: string;
  url: string;
  id: string;
}

export interface PathTraceResult {
  previousPathTraceId?: string;
  properties?: string[];
  aclStatus?: PathTraceAclStatus;
  networkElementsInfo?: PathTraceElement[];
  pathGraph?: PathGraph;
  id: string;
  sourceIpAddress: string;
  destinationIpAddress: string;
  sourcePort?: string;
  destinationPort?: string;
  protocol?: string;
  status: string;
  controlPath?: boolean;
  periodicRefresh?: boolean;
  createTime?: number;
  lastUpdateTime?: number;
  failureReason?: string;
  inclusions?: string[];
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

export interface ReachabilityItem {
  id: string;
  mgmtIp: string;
  reachabilityStatus: string;
  reachabilityFailureReason?: string;
  protocolList: string;
  protocolUsed: string;
  discoveryId: string;
  discoveryStartTime: string;
  snmpCommunity: string;
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

export interface SiteItem {
  id: string;
  parentId?: string;
  name: string;
  siteHierarchy?: string;
  siteNameHierarchy?: string;
  instanceTenantId?: string;
  additionalInfo?: string[];
}

export interface SiteMembersOfNetworkDeviceItem {
  response: NetworkDeviceItem[];
  siteId: string;
  version?: string;
}

export interface SiteMembersOfSiteItem {
  response: SiteItem[];
  siteId: string;
  version?: string;
}

export interface SiteMembership {
  site: SiteMembersOfSiteItem;
  device: SiteMembersOfNetworkDeviceItem[];
}

export interface SiteNode {
  id: string;
  name: string;
  displayName?: string;
  parentId?: string;
  groupNameHierarchy?: string;
  locationType?: string;
}

export interface SiteTopology {
  sites: SiteNode[];
}

export interface SnmpV2ReadCommunity {
  readCommunity?: string;
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface SnmpV2WriteCommunity {
  writeCommunity?: string;
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface SnmpV3Credential {
  username?: string;
  snmpMode?: string;
  authType?: string;
  authPassword?: string;
  privacyType?: string;
  privacyPassword?: string;
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  description?: string;
  comments?: string;
  credentialType?: string;
  ranges?: string[];
}

export interface SystemProperty {
  id?: string;
  instanceUuid?: string;
  instanceTenantId?: string;
  systemPropertyName?: string;
  intValue?: number;
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

export interface TableItem {
  name: string;
  columns: string[];
  key?: string[];
}

export interface TableRowItem {
  deviceId?: string;
  deviceName?: string;
  managementIpAddress?: string;
  collectedAt?: number;
  row: Record<string, string>;
}

export interface TaskDetail {
  data?: string;
  progress?: string;
  errorCode?: string;
  failureReason?: string;
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

export interface TaskReference {
  taskId: string;
  url: string;
}

export interface TaskSummary {
  id: string;
  rootId?: string;
  parentId?: string;
  startTime: number;
  updatedTime?: number;
  endTime?: number;
  status: string;
  resultLocation?: string;
}

export interface TicketAnswer {
  serviceTicket: string;
  idleTimeout: number;
  sessionTimeout: number;
}

export interface TicketRequest {
  username?: string;
  password?: string;
}

export interface TicketTimeout {
  attribute?: string;
  value?: number;
}

export interface TokenAnswer {
  Token: string;
}

export interface TokenInput {
  name?: string;
  lifetimeDays?: number;
}

export interface TokenItem {
  id: string;
  name?: string;
  username: string;
  role: string;
  issuedAt: number;
  expiresAt: number;
  usedAt?: number;
  token?: string;
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

export interface VlanItem {
  interfaceName?: string;
  ipAddress?: string;
  mask?: number;
  networkAddress?: string;
  numberOfIPs?: number;
  prefix?: string;
  vlanNumber?: number;
  vlanType?: string;
}

export interface VxlanInfo {
  dscp?: string;
  vnid?: string;
}

export interface WebhookInput {
  url: string;
  secret: string;
  events?: string[];
}

export interface WebhookItem {
  id?: string;
  url?: string;
  events?: string[];
  createTime?: number;
  deliveredTime?: number;
  failures?: number;
  nextTime?: number;
  lastFailure?: string;
}
