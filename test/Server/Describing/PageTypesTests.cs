using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>
/// The page's types of requests and answers, <c>web/src/api/schema.ts</c>, are the document's schemas in TypeScript's words: those that the
/// page names, and what is in them. After a change of the document, or of what the page names, they are written anew with
/// <c>TOWPATH_APPROVE=1</c>, and TypeScript says where the page reads what is no longer sent.
/// </summary>
public sealed partial class PageTypesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_types_of_the_page_are_those_of_the_document()
    {
        JsonNode document = JsonNode.Parse(await server.Service<ApiDocument>().JsonAsync())!;
        var text = new StringBuilder(
            "// The schemas of /openapi/v1.json, written by test/Server/Describing/PageTypesTests.cs. Do not edit.\n");
        JsonObject schemas = document["components"]!["schemas"]!.AsObject();
        foreach (string name in Used(schemas).Order(StringComparer.Ordinal))
        {
            JsonNode? schema = schemas[name];
            text.Append($"\nexport interface {name} {{\n");
            string[] required = [.. schema!["required"]?.AsArray().Select(one => one!.GetValue<string>()) ?? []];
            foreach ((string property, JsonNode? shape) in schema["properties"]!.AsObject())
                text.Append($"  {Key(property)}{(required.Contains(property) ? "" : "?")}: {TypeOf(shape!)};\n");
            text.Append("}\n");
        }
        Golden.Match(Path.Combine("..", "..", "web", "src", "api", "schema.ts"), text.ToString());
    }

    [Theory]
    [InlineData("""{"type":"string","format":"date"}""", "string")]
    [InlineData("""{"type":"integer","nullable":true}""", "number | null")]
    [InlineData("""{"type":"array","items":{"$ref":"#/components/schemas/PathEdge"}}""", "PathEdge[]")]
    [InlineData("""{"type":"array","items":{"type":"string","nullable":true}}""", "(string | null)[]")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "Record<string, string>")]
    [InlineData("""{"type":"object"}""", "Record<string, unknown>")]
    public void A_schema_in_the_words_of_TypeScript(string schema, string type) => Assert.Equal(type, TypeOf(JsonNode.Parse(schema)!));

    [Fact]
    public void A_schema_that_has_no_words_here_is_refused() =>
        Assert.Throws<NotSupportedException>(() => TypeOf(JsonNode.Parse("""{"anyOf":[]}""")!));

    /// <summary>What the page's sources name, and whatever that refers to.</summary>
    private static HashSet<string> Used(JsonObject schemas)
    {
        var named = new Queue<string>(Directory.EnumerateFiles(Path.Combine(Repository.Root, "web", "src", "api"), "*.ts")
            .Where(file => Path.GetFileName(file) != "schema.ts")
            .SelectMany(file => Named().Matches(File.ReadAllText(file)))
            .SelectMany(match => match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Where(schemas.ContainsKey)); // what is not there TypeScript refuses
        HashSet<string> used = [];
        while (named.TryDequeue(out string? name))
        {
            if (!used.Add(name)) continue;
            foreach (Match reference in Reference().Matches(schemas[name]!.ToJsonString())) named.Enqueue(reference.Groups[1].Value);
        }
        return used;
    }

    private static string Key(string property) => property.All(char.IsAsciiLetterOrDigit) ? property : $"'{property}'";

    private static string TypeOf(JsonNode schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference) return reference[(reference.LastIndexOf('/') + 1)..];
        string type = schema["type"]?.GetValue<string>() switch
        {
            "string" => "string",
            "boolean" => "boolean",
            "integer" or "number" => "number",
            "array" => ListOf(TypeOf(schema["items"]!)),
            "object" => $"Record<string, {(schema["additionalProperties"] is JsonObject values ? TypeOf(values) : "unknown")}>",
            _ => throw new NotSupportedException(schema.ToJsonString()),
        };
        return schema["nullable"]?.GetValue<bool>() == true ? $"{type} | null" : type;
    }

    /// <summary>As <c>schema.Name</c>, or imported from there.</summary>
    [GeneratedRegex(@"\bschema\.(?<names>\w+)|import type \{(?<names>[^}]+)\} from '\./schema'")]
    private static partial Regex Named();

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();

    private static string ListOf(string item) =>
        item.Contains(" | ", StringComparison.Ordinal) ? $"({item})[]" : $"{item}[]";
}
