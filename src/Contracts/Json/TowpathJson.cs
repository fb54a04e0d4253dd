using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Towpath.Contracts;

/// <summary>
/// How the shapes of this folder become JSON and back. Property names are spelled so that camelCase gives exactly the wire's name.
/// </summary>
public static class TowpathJson
{
    /// <summary>
    /// Reads names in any case (<c>snmpROCommunity</c> is <c>snmpRoCommunity</c> elsewhere) and numbers from texts; leaves out nulls,
    /// except in devices and interfaces. Read-only; copy it to change it.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: false);

    /// <summary>The same, on several lines.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Answers are application/json and never inside HTML; people read them, so <, > and ' stay as they are.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            WriteIndented = indented,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(TowpathJsonContext.Default, new DefaultJsonTypeInfoResolver())
                .WithAddedModifier(WriteNulls),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void WriteNulls(JsonTypeInfo type)
    {
        if (type.Type != typeof(NetworkDeviceItem) && type.Type != typeof(InterfaceItem)) return;
        foreach (JsonPropertyInfo property in type.Properties) property.ShouldSerialize = static (_, _) => true;
    }
}
