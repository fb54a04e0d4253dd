using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Answers as they are stored, in our own terms, which the API's shapes are rendered from: a trace as <see cref="CompactTrace"/> writes it,
/// which costs a fraction of the work that JSON does; statistics as JSON, <see cref="Packed"/>, as earlier releases stored traces, too.
/// Readable by every later release.
/// </summary>
internal static class StoredTrace
{
    private const int InitialOctets = 32 * 1024;

    /// <summary>The serializer writes no other JSON than JSON.</summary>
    private static readonly JsonWriterOptions s_unchecked = new() { SkipValidation = true };

    private static readonly JsonSerializerOptions s_json = new()
    {
        TypeInfoResolver = StoredTraceJson.Default.WithAddedModifier(AsStored),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new TextConverter<Ipv4Address>(), new TextConverter<MacAddress>(), new TextConverter<Prefix>(), new TextConverter<DeviceId>(),
            new TextConverter<VrfName>(), new TextConverter<FlowAnalysisId>(), new IfIndexConverter(), new VlanIdConverter(),
            new FactSourceConverter(), new EndingConverter(),
        },
    };

    public static byte[] Encode(TracedFlow traced) => CompactTrace.Write(traced);

    /// <exception cref="JsonException">What is stored is damaged.</exception>
    public static TracedFlow Decode(byte[] stored) => stored is [CompactTrace.Mark, ..]
        ? CompactTraceReader.Read(stored)
        : JsonSerializer.Deserialize(Packed.Open(stored), Of<TracedFlow>()) ?? throw new JsonException("A stored trace is null.");

    public static byte[] Encode(PathStatistics statistics) => Encode(statistics, Of<PathStatistics>());

    public static string Encode(StatisticsQuestion question) => JsonSerializer.Serialize(question, Of<StatisticsQuestion>());

    public static StatisticsQuestion DecodeQuestion(string input) =>
        JsonSerializer.Deserialize(input, Of<StatisticsQuestion>()) ?? throw new JsonException("A stored question is null.");

    /// <exception cref="JsonException">The stored text is damaged.</exception>
    public static PathStatistics DecodeStatistics(byte[] stored) =>
        JsonSerializer.Deserialize(Packed.Open(stored), Of<PathStatistics>()) ?? throw new JsonException("Stored statistics are null.");

    private static byte[] Encode<T>(T value, JsonTypeInfo<T> type)
    {
        var json = new ArrayBufferWriter<byte>(InitialOctets);
        using (var writer = new Utf8JsonWriter(json, s_unchecked)) JsonSerializer.Serialize(writer, value, type);
        return Packed.Of(json.WrittenSpan);
    }

    internal static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)s_json.GetTypeInfo(typeof(T));

    /// <summary>
    /// The source of a fact was called its table when the first answers were stored. How to ask for it again nobody needs later.
    /// </summary>
    private static void AsStored(JsonTypeInfo type)
    {
        if (type.Type != typeof(Evidence)) return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(FactSource)) property.Name = "table";
            if (property.PropertyType == typeof(RowKey)) property.ShouldSerialize = static (_, _) => false;
        }
    }
}

[JsonSerializable(typeof(TracedFlow))]
[JsonSerializable(typeof(PathStatistics))]
[JsonSerializable(typeof(StatisticsQuestion))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
internal sealed partial class StoredTraceJson : JsonSerializerContext;
