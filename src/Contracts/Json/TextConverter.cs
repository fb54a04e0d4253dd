using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>A text that some clients send as a number (ports, ids). A number is read as it is written.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Text(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    internal static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        // A request body arrives in segments; a number may lie across two of them.
        JsonTokenType.Number =>
            reader.HasValueSequence ? Encoding.UTF8.GetString(reader.ValueSequence) : Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException($"A text or a number belongs here, not {reader.TokenType}."),
    };
}

/// <summary>A comma-separated text that some clients send as a list.</summary>
internal sealed class CommaTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? string.Join(',', TextListConverter.Elements(ref reader))
            : TextConverter.Text(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A list of texts that some clients send as one comma-separated text.</summary>
internal sealed class TextListConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? Elements(ref reader)
            : TextConverter.Text(ref reader)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string element in value) writer.WriteStringValue(element);
        writer.WriteEndArray();
    }

    internal static List<string> Elements(ref Utf8JsonReader reader)
    {
        List<string> elements = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(TextConverter.Text(ref reader)!);
        return elements;
    }
}
