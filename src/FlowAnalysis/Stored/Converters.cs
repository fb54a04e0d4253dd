using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>A value that reads what it prints.</summary>
internal sealed class TextConverter<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out T value)
            ? value : throw new JsonException($"'{reader.GetString()}' is no {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class IfIndexConverter : JsonConverter<IfIndex>
{
    public override IfIndex Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetUInt32());

    public override void Write(Utf8JsonWriter writer, IfIndex value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

/// <summary>By name.</summary>
internal sealed class FactSourceConverter : JsonConverter<FactSource>
{
    public override FactSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FactSource.Find(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, FactSource value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}

internal sealed class VlanIdConverter : JsonConverter<VlanId>
{
    public override VlanId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetUInt16());

    public override void Write(Utf8JsonWriter writer, VlanId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
