using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// Source-generated metadata of the wire's shapes. Use it through <see cref="TowpathJson.Options"/>, which adds the reading and writing
/// rules.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Envelope<ErrorBody>))]
[JsonSerializable(typeof(Envelope<string>))]
[JsonSerializable(typeof(Envelope<int>))]
[JsonSerializable(typeof(Envelope<CountResult>))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(Envelope<TicketAnswer>))]
[JsonSerializable(typeof(TicketTimeout))]
[JsonSerializable(typeof(Envelope<TicketTimeout>))]
[JsonSerializable(typeof(Envelope<TaskReference>))]
[JsonSerializable(typeof(Envelope<TaskItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<TaskItem>>))]
[JsonSerializable(typeof(Envelope<TaskSummary>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<TaskSummary>>))]
[JsonSerializable(typeof(Envelope<TaskDetail>))]
[JsonSerializable(typeof(FlowAnalysisRequest))]
[JsonSerializable(typeof(Envelope<FlowAnalysisReference>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<FlowAnalysisRequestItem>>))]
[JsonSerializable(typeof(Envelope<FlowAnalysisResult>))]
[JsonSerializable(typeof(DiscoveryInput))]
[JsonSerializable(typeof(DiscoveryItem))]
[JsonSerializable(typeof(Envelope<DiscoveryItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<DiscoveryItem>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<DiscoveryJob>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<NotContacted>>))]
[JsonSerializable(typeof(DiscoveryPreview))]
[JsonSerializable(typeof(Envelope<DiscoveryPreview>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<DiscoveredDevice>>))]
[JsonSerializable(typeof(IReadOnlyList<CliCredential>))]
[JsonSerializable(typeof(IReadOnlyList<SnmpV2ReadCommunity>))]
[JsonSerializable(typeof(IReadOnlyList<SnmpV2WriteCommunity>))]
[JsonSerializable(typeof(IReadOnlyList<SnmpV3Credential>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<GlobalCredentialItem>>))]
[JsonSerializable(typeof(IReadOnlyList<SystemProperty>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<SystemProperty>>))]
[JsonSerializable(typeof(NetworkDeviceInput))]
[JsonSerializable(typeof(IReadOnlyList<TableCoverage>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<TableCoverage>>))]
[JsonSerializable(typeof(NetworkDeviceBrief))]
[JsonSerializable(typeof(Envelope<NetworkDeviceBrief>))]
[JsonSerializable(typeof(Envelope<NetworkDeviceItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<NetworkDeviceItem>>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<string>>))]
[JsonSerializable(typeof(Envelope<ModuleItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<ModuleItem>>))]
[JsonSerializable(typeof(Envelope<InterfaceItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<InterfaceItem>>))]
[JsonSerializable(typeof(Envelope<HostItem>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<HostItem>>))]
[JsonSerializable(typeof(Envelope<TopologyGraph>))]
public sealed partial class TowpathJsonContext : JsonSerializerContext;
