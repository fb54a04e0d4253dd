using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// <c>{"kind": "NoRoute", "at": device, "text": ...}</c>; the text is the case's reason, prefix or address. Left has an interface beside
/// it, Denied that, its name, its side and the rule, Unknown the number of its guesses where it has any.
/// </summary>
internal sealed class EndingConverter : JsonConverter<Ending>
{
    public override void Write(Utf8JsonWriter writer, Ending value, JsonSerializerOptions options)
    {
        (DeviceId? at, string? text) = value switch
        {
            Ending.Delivered => ((DeviceId?)null, (string?)null),
            Ending.SourceNotFound end => (null, end.Reason),
            Ending.Left end => (end.At, end.NextHop.IsUnspecified ? null : end.NextHop.ToString()),
            Ending.NoRoute end => (end.At, end.Destination.ToString()),
            Ending.NullRouted end => (end.At, end.Prefix.ToString()),
            Ending.Loop end => (end.FirstRepeated, null),
            Ending.Blocked end => (end.At, end.Reason),
            Ending.Denied end => (end.At, end.Rule),
            Ending.Unknown end => (end.At, end.Missing),
            Ending.TooLong end => (null, end.Limit),
            _ => throw new JsonException($"{value.GetType().Name} is a new way to end; say here how it is stored."),
        };
        writer.WriteStartObject();
        writer.WriteString("kind", value.GetType().Name);
        if (at is { } device) writer.WriteString("at", device.ToString());
        if (text is not null) writer.WriteString("text", text);
        if (value is Ending.Left { Interface: { IsNone: false } egress }) writer.WriteNumber("interface", egress.Value);
        if (value is Ending.Denied denied)
        {
            writer.WriteNumber("interface", denied.Interface.Value);
            writer.WriteString("interfaceName", denied.InterfaceName);
            writer.WriteString("direction", denied.Direction.ToString());
            if (denied.Match is { } match)
            {
                writer.WritePropertyName("match");
                JsonSerializer.Serialize(writer, match, Matches(options));
            }
        }
        if (value is Ending.Unknown { Candidates: > 0 and var candidates }) writer.WriteNumber("candidates", candidates);
        writer.WriteEndObject();
    }

    public override Ending Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        JsonElement stored = document.RootElement;
        DeviceId? at = stored.TryGetProperty("at", out JsonElement device) ? DeviceId.Parse(device.GetString()!) : null;
        string text = stored.TryGetProperty("text", out JsonElement words) ? words.GetString()! : "";
        string? kind = stored.GetProperty("kind").GetString();
        return kind switch
        {
            nameof(Ending.Delivered) => new Ending.Delivered(),
            nameof(Ending.SourceNotFound) => new Ending.SourceNotFound(text),
            nameof(Ending.Left) =>
                new Ending.Left(at.GetValueOrDefault(), Interface(), text.Length > 0 ? Ipv4Address.Parse(text) : default),
            nameof(Ending.NoRoute) => new Ending.NoRoute(at.GetValueOrDefault(), Ipv4Address.Parse(text)),
            nameof(Ending.NullRouted) => new Ending.NullRouted(at.GetValueOrDefault(), Prefix.Parse(text)),
            nameof(Ending.Loop) => new Ending.Loop(at.GetValueOrDefault()),
            nameof(Ending.Blocked) => new Ending.Blocked(at.GetValueOrDefault(), text),
            nameof(Ending.Denied) => new Ending.Denied(at.GetValueOrDefault(), Interface(),
                stored.GetProperty("interfaceName").GetString()!, Enum.Parse<FilterDirection>(stored.GetProperty("direction").GetString()!),
                text)
            {
                Match = stored.TryGetProperty("match", out JsonElement match) ? match.Deserialize(Matches(options)) : null,
            },
            nameof(Ending.Unknown) => new Ending.Unknown(at, text) { Candidates = Number("candidates") },
            nameof(Ending.TooLong) => new Ending.TooLong(text),
            _ => throw new JsonException($"'{kind}' is no way to end."),
        };

        IfIndex Interface() => stored.TryGetProperty("interface", out JsonElement number) ? new IfIndex(number.GetUInt32()) : default;

        int Number(string name) => stored.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : 0;
    }

    private static JsonTypeInfo<FilterMatch> Matches(JsonSerializerOptions options) =>
        (JsonTypeInfo<FilterMatch>)options.GetTypeInfo(typeof(FilterMatch));
}
