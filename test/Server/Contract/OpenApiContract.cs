using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>
/// Checks answers against the API's OpenAPI 3.0.3 description. Covers every keyword that the file uses in schemas, and refuses to judge
/// by one it does not know: $ref, type, nullable, properties, required, items, enum, format, minimum, maximum, minLength, minItems.
/// Additional properties are allowed, as the file says; where it says of which shape, they are checked.
/// </summary>
public sealed class OpenApiContract
{
    private static readonly HashSet<string> s_knownKeywords =
        ["$ref", "type", "nullable", "properties", "required", "items", "enum", "format", "minimum", "maximum", "minLength", "minItems",
            "default", "description", "additionalProperties"];

    private readonly JsonObject _document;

    private OpenApiContract(JsonObject document) => _document = document;

    public static OpenApiContract Catalyst() =>
        new(JsonNode.Parse(File.ReadAllText(Shared.File("contract", "catalyst-openapi.json")))!.AsObject());

    public static OpenApiContract Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    public JsonObject Document => _document;

    public IEnumerable<string> Paths => _document["paths"]!.AsObject().Select(path => path.Key);

    /// <summary>The keys of the query that a GET is described with; empty when there are none.</summary>
    public IEnumerable<string> QueryKeys(string path) =>
        from parameter in _document["paths"]![path]!["get"]!["parameters"]?.AsArray() ?? []
        where parameter["in"]!.GetValue<string>() == "query"
        select parameter["name"]!.GetValue<string>();

    /// <summary>Every field of the answer to a GET that is described as a string, with where it is.</summary>
    public IEnumerable<(string At, JsonNode? Value)> Strings(string path, JsonNode answer) =>
        Strings(_document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!, answer, "$");

    private IEnumerable<(string At, JsonNode? Value)> Strings(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference) return Strings(Resolve(reference), value, at);
        if (schema["type"]?.GetValue<string>() == "string") return [(at, value)];
        return value switch
        {
            JsonArray items when schema["items"] is { } each => items.SelectMany((item, i) => Strings(each, item, $"{at}[{i}]")),
            JsonObject fields when schema["properties"] is JsonObject described => fields.Where(field => described.ContainsKey(field.Key))
                .SelectMany(field => Strings(described[field.Key]!, field.Value, $"{at}.{field.Key}")),
            _ => [],
        };
    }

    /// <summary>What is wrong with the answer, each with where; empty when it is valid.</summary>
    /// <param name="path">As the description writes it: <c>/dna/intent/api/v1/task/{taskId}</c>.</param>
    public IReadOnlyList<string> Problems(string method, string path, int status, JsonNode? body)
    {
        if (_document["paths"]?[path] is not { } resource) return [$"{path} is not described"];
        if (resource[method.ToLowerInvariant()]?["responses"] is not { } responses) return [$"{method} {path} is not described"];
        if (responses[$"{status}"] is not { } response) return [$"{method} {path} does not answer {status}"];
        if (response["content"]?["application/json"]?["schema"] is not { } schema)
            return body is null ? [] : [$"{method} {path} {status} has no JSON body"];
        var problems = new List<string>();
        Check(schema, body, "$", problems);
        return problems;
    }

    /// <summary>Whether this answer is described, and as JSON.</summary>
    public bool Describes(string method, string path, int status) => SchemaOf(method, path, status) is not null;

    /// <summary>
    /// Fields of the answer that the description does not have, each with where; they are allowed, and nobody is told of them.
    /// </summary>
    public IEnumerable<string> Undescribed(string method, string path, int status, JsonNode? body) =>
        Undescribed(SchemaOf(method, path, status)!, body, "$").Distinct();

    private IEnumerable<string> Undescribed(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference) return Undescribed(Resolve(reference), value, at);
        return value switch
        {
            JsonArray items when schema["items"] is { } each => items.SelectMany(item => Undescribed(each, item, $"{at}[]")),
            JsonObject fields when schema["properties"] is JsonObject described => fields.SelectMany(field =>
                described[field.Key] is { } shape ? Undescribed(shape, field.Value, $"{at}.{field.Key}") : [$"{at}.{field.Key}"]),
            JsonObject fields when schema["additionalProperties"] is JsonObject each =>
                fields.SelectMany(field => Undescribed(each, field.Value, $"{at}.*")),
            JsonObject or JsonArray => [$"what is in {at}"],
            _ => [],
        };
    }

    private JsonNode? SchemaOf(string method, string path, int status) =>
        _document["paths"]![path]?[method.ToLowerInvariant()]?["responses"]?[$"{status}"]?["content"]?["application/json"]?["schema"];

    private void Check(JsonNode schemaNode, JsonNode? value, string at, List<string> problems)
    {
        JsonObject schema = schemaNode.AsObject();
        if (schema.Select(keyword => keyword.Key).FirstOrDefault(keyword => !s_knownKeywords.Contains(keyword)) is { } unknown)
            throw new NotSupportedException($"The schema at {at} uses {unknown}, which this validator does not know.");
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Check(Resolve(reference), value, at, problems);
            return;
        }
        if (value is null)
        {
            if (schema["nullable"]?.GetValue<bool>() != true) problems.Add($"{at} is null");
            return;
        }
        string? type = schema["type"]?.GetValue<string>() ?? (schema.ContainsKey("properties") ? "object" : null);
        if (schema["properties"] is JsonObject { Count: 0 }) return; // so the published document writes what it does not know
        if (type is not null && !HasType(value, type))
        {
            problems.Add($"{at} is {value.GetValueKind()}, not {type}");
            return;
        }
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            problems.Add($"{at} is {value.ToJsonString()}, not one of {words.ToJsonString()}");
        switch (value)
        {
            case JsonObject fields:
                CheckObject(schema, fields, at, problems);
                break;
            case JsonArray items:
                if (schema["minItems"] is { } fewest && items.Count < fewest.GetValue<int>()) problems.Add($"{at} has {items.Count} items");
                if (schema["items"] is not { } itemSchema) break;
                for (int i = 0; i < items.Count; i++) Check(itemSchema, items[i], $"{at}[{i}]", problems);
                break;
            default:
                CheckValue(schema, value, at, problems);
                break;
        }
    }

    private void CheckObject(JsonObject schema, JsonObject fields, string at, List<string> problems)
    {
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            if (!fields.ContainsKey(name!.GetValue<string>())) problems.Add($"{at}.{name} is absent");
        }
        foreach ((string name, JsonNode? property) in schema["properties"]?.AsObject() ?? [])
        {
            if (fields.TryGetPropertyValue(name, out JsonNode? value)) Check(property!, value, $"{at}.{name}", problems);
        }
        if (schema["additionalProperties"] is not JsonObject others) return;
        foreach ((string name, JsonNode? value) in fields)
        {
            if (schema["properties"]?[name] is null) Check(others, value, $"{at}.{name}", problems);
        }
    }

    private static void CheckValue(JsonObject schema, JsonNode value, string at, List<string> problems)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            double number = value.GetValue<double>();
            if (schema["minimum"] is { } least && number < least.GetValue<double>()) problems.Add($"{at} is {number}");
            if (schema["maximum"] is { } most && number > most.GetValue<double>()) problems.Add($"{at} is {number}");
            return;
        }
        if (value.GetValueKind() != JsonValueKind.String) return;
        string text = value.GetValue<string>();
        if (schema["minLength"] is { } shortest && text.Length < shortest.GetValue<int>()) problems.Add($"{at} is too short");
        if (schema["format"]?.GetValue<string>() == "uuid" && !Guid.TryParseExact(text, "D", out _))
            problems.Add($"{at} is '{text}', no UUID");
    }

    private static bool HasType(JsonNode value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value.GetValueKind() == JsonValueKind.String,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value.GetValueKind() == JsonValueKind.Number,
        "integer" => value.GetValueKind() == JsonValueKind.Number && double.IsInteger(value.GetValue<double>()),
        _ => throw new NotSupportedException($"The type {type} is unknown to this validator."),
    };

    private JsonNode Resolve(string reference) => reference.Split('/').Skip(1)
        .Aggregate((JsonNode)_document, (node, part) => node[part] ?? throw new InvalidOperationException($"{reference} leads nowhere"));
}
