// The shapes of the API that the page reads, as src/Contracts has them. Absent is what is not known.

export interface DiscoveryInput {
  name: string;
  discoveryType: string;
  ipAddressList: string;
  snmpVersion: 'v2' | 'v3';
  snmpROCommunity?: string;
  snmpUserName?: string;
  snmpMode?: string;
  snmpAuthProtocol?: string;
  snmpAuthPassphrase?: string;
  snmpPrivProtocol?: string;
  snmpPrivPassphrase?: string;
}

export interface Discovery {
  id: string;
  name: string;
  discoveryType?: string;
  ipAddressList?: string;
  discoveryStatus?: string; // Active, Inactive
  discoveryCondition?: string; // Queued, In Progress, Complete, Aborted
  numDevices?: number;
  numNotContacted?: number;
}

export interface DiscoveryJob {
  ipAddress: string;
  name?: string;
  discoveryStatus?: string; // SUCCESS, FAILURE
  credential?: string;
  attributeInfo?: { reason?: string };
}

export interface DiscoveryPreview {
  addressCount: number;
  credentialCount: number;
  minutes: number;
}

export interface NotContacted {
  ipAddress: string;
  announcedBy: string;
  neighbor?: string;
  reason: string;
}
