using System.Text;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>
/// The page's types of requests and answers, <c>web/src/api/schema.ts</c>, are the document's schemas in TypeScript's words. After a change
/// of the document they are written anew with <c>TOWPATH_APPROVE=1</c>, and TypeScript says where the page reads what is no longer sent.
/// </summary>
public sealed class PageTypesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_types_of_the_page_are_those_of_the_document()
    {
        JsonNode document = JsonNode.Parse(await server.Service<ApiDocument>().JsonAsync())!;
        var text = new StringBuilder(
            "// The schemas of /openapi/v1.json, written by test/Server/Describing/PageTypesTests.cs. Do not edit.\n");
        JsonObject schemas = document["components"]!["schemas"]!.AsObject();
        foreach ((string name, JsonNode? schema) in schemas.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (IsEnvelope(schema!)) continue; // the page unwraps it where it reads an answer
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

    private static bool IsEnvelope(JsonNode schema) =>
        schema["properties"]!.AsObject().Select(property => property.Key).SequenceEqual(["response", "version"]);

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

    private static string ListOf(string item) =>
        item.Contains(" | ", StringComparison.Ordinal) ? $"({item})[]" : $"{item}[]";
}
