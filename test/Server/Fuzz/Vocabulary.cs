using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Towpath.Contracts;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>What a field of a body is meant to hold.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Flag,
    Texts,
    Object,
}

internal sealed record Field(string Name, FieldKind Kind);

internal sealed record Route(string Method, string Path);

/// <summary>
/// What requests are made of: the routes that the server has, the fields of the types in <c>Contracts</c>, and the parameters and bodies of
/// the API's OpenAPI description where it lies beside the checkout.
/// </summary>
internal sealed partial class Vocabulary
{
    private readonly Dictionary<string, ImmutableArray<Field>> _described = []; // by "POST /flow-analysis", without the family's prefix

    public ImmutableArray<Route> Routes { get; }

    public ImmutableArray<string> QueryNames { get; }

    /// <summary>The types that a body may be.</summary>
    public ImmutableArray<ImmutableArray<Field>> Shapes { get; }

    public Vocabulary(EndpointDataSource endpoints)
    {
        Routes =
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>().SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => new Route(method, "/" + route.RoutePattern.RawText!.Trim('/')))),
        ];
        Shapes = [.. typeof(TowpathJson).Assembly.GetExportedTypes().Select(ShapeOf).Where(shape => !shape.IsEmpty)];
        var names = new SortedSet<string>(Shapes.SelectMany(shape => shape).Select(field => field.Name)) { "limit", "offset", "order",
            "sortBy", "sortOrder" };
        string description = Path.Combine(Shared.Folder, "contract", "catalyst-openapi.json");
        if (File.Exists(description)) Read(JsonNode.Parse(File.ReadAllText(description))!.AsObject(), names);
        QueryNames = [.. names];
    }

    /// <summary>What the body of this route is described to be; null when it is not.</summary>
    public ImmutableArray<Field>? Described(Route route) =>
        _described.TryGetValue(Key(route.Method, route.Path), out ImmutableArray<Field> fields) ? fields : null;

    private void Read(JsonObject document, SortedSet<string> names)
    {
        foreach ((string path, JsonNode? operations) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in operations!.AsObject())
            {
                if (operation is not JsonObject described) continue;
                foreach (JsonNode? parameter in described["parameters"]?.AsArray() ?? [])
                {
                    if (parameter!["in"]?.GetValue<string>() == "query") names.Add(parameter["name"]!.GetValue<string>());
                }
                if (Resolve(document, described["requestBody"]?["content"]?["application/json"]?["schema"]) is { } schema
                    && Resolve(document, schema["items"] ?? schema) is { } item && item["properties"] is JsonObject properties)
                {
                    _described[Key(method.ToUpperInvariant(), path)] =
                        [.. properties.Select(field => new Field(field.Key, KindOf(field.Value!)))];
                }
            }
        }
    }

    private static JsonNode? Resolve(JsonObject document, JsonNode? schema) => schema?["$ref"]?.GetValue<string>() is { } reference
        ? reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part])
        : schema;

    private static FieldKind KindOf(JsonNode schema) => schema["type"]?.GetValue<string>() switch
    {
        "integer" or "number" => FieldKind.Number,
        "boolean" => FieldKind.Flag,
        "array" => FieldKind.Texts,
        "string" => FieldKind.Text,
        _ => FieldKind.Object,
    };

    private static ImmutableArray<Field> ShapeOf(Type type)
    {
        if (type.IsAbstract || type.ContainsGenericParameters || type.IsAssignableTo(typeof(JsonSerializerContext))) return [];
        TowpathJson.Options.TryGetTypeInfo(type, out JsonTypeInfo? known);
        return known is { Kind: JsonTypeInfoKind.Object }
            ? [.. known.Properties.Select(field => new Field(field.Name, KindOf(field.PropertyType)))] : [];
    }

    private static FieldKind KindOf(Type type)
    {
        if (type == typeof(string)) return FieldKind.Text;
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        if (value == typeof(bool)) return FieldKind.Flag;
        if (value.IsPrimitive) return FieldKind.Number;
        return typeof(IEnumerable<string>).IsAssignableFrom(type) ? FieldKind.Texts : FieldKind.Object;
    }

    private static string Key(string method, string path) => $"{method} {Parameter().Replace(Prefix().Replace(path, ""), "{}")}";

    [GeneratedRegex("^(/dna/intent)?/api/v1")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
