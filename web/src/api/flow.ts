// What the page reads and writes of a trace, by the names that it uses. Absent is what is not known.
import type * as schema from './schema';
import type { Always } from './envelope';

export type FlowRequest = Always<schema.FlowAnalysisRequest, 'sourceIP' | 'destIP'>;
export type FlowReference = schema.FlowAnalysisReference;
export type FlowItem = Always<schema.FlowAnalysisRequestItem, 'id' | 'status'>; // lastUpdateTime: 0 before the first answer
export type FlowResult = Omit<schema.FlowAnalysisResult, 'request'> & { request: FlowItem };
export type Element = schema.NetworkElementInfo;
export type ElementInterface = schema.ElementInterface;
export type InterfaceStatistics = schema.InterfaceStatistics;

export type PathGraph = schema.PathGraph; // the first node is the source; shown: indexes of edges
export type PathNode = schema.PathNode;
export type PathEdge = schema.PathEdge; // share and confidence: 0..1
export type PathPort = schema.PathPort;
export type PathTunnel = schema.PathTunnel;
export type PathEvidence = schema.PathEvidence;
export type PathEnding = schema.PathEnding;
