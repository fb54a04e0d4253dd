// What the page reads and writes of a trace, by the names that it uses. Absent is what is not known.
import type * as schema from './schema';

export type FlowRequest = schema.FlowAnalysisRequest;
export type FlowReference = schema.FlowAnalysisReference;
export type FlowItem = schema.FlowAnalysisRequestItem; // lastUpdateTime: 0 before the first answer
export type FlowResult = schema.FlowAnalysisResult;
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
