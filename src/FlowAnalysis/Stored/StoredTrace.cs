using System.Text.Json;
using System.Text.Json.Serialization;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>Answers as they are stored: JSON in our own terms, which the API's shapes are rendered from. Readable by every later release.</summary>
internal static class StoredTrace
{
    private static readonly StoredTraceJson _json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new TextConverter<Ipv4Address>(), new TextConverter<MacAddress>(), new TextConverter<Prefix>(), new TextConverter<DeviceId>(),
            new IfIndexConverter(), new VlanIdConverter(), new EndingConverter(),
        },
    });

    public static byte[] Encode(TracedFlow traced) => JsonSerializer.SerializeToUtf8Bytes(traced, _json.TracedFlow);

    /// <exception cref="JsonException">The stored text is damaged.</exception>
    public static TracedFlow Decode(byte[] stored) => JsonSerializer.Deserialize(stored, _json.TracedFlow) ?? throw new JsonException("A stored trace is null.");

    public static byte[] Encode(PathStatistics statistics) => JsonSerializer.SerializeToUtf8Bytes(statistics, _json.PathStatistics);

    public static string Encode(StatisticsQuestion question) => JsonSerializer.Serialize(question, _json.StatisticsQuestion);

    public static StatisticsQuestion DecodeQuestion(string input) =>
        JsonSerializer.Deserialize(input, _json.StatisticsQuestion) ?? throw new JsonException("A stored question is null.");

    /// <exception cref="JsonException">The stored text is damaged.</exception>
    public static PathStatistics DecodeStatistics(byte[] stored) =>
        JsonSerializer.Deserialize(stored, _json.PathStatistics) ?? throw new JsonException("Stored statistics are null.");
}

[JsonSerializable(typeof(TracedFlow))]
[JsonSerializable(typeof(PathStatistics))]
[JsonSerializable(typeof(StatisticsQuestion))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
internal sealed partial class StoredTraceJson : JsonSerializerContext;
