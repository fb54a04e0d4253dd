using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>A validator proves itself by what it refuses.</summary>
public sealed class OpenApiContractTests
{
    private static readonly OpenApiContract s_contract = OpenApiContract.Parse("""
        {"paths": {"/thing": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}}}}},
         "components": {"schemas": {
           "Answer": {"type": "object", "required": ["response", "version"], "properties": {
              "response": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Thing"}}, "version": {"type": "string", "minLength": 1}}},
           "Thing": {"type": "object", "required": ["id"], "properties": {
              "id": {"type": "string", "format": "uuid"}, "count": {"type": "integer", "minimum": 0, "maximum": 10}, "ratio": {"type": "number"},
              "on": {"type": "boolean"}, "name": {"type": "string", "nullable": true}, "status": {"type": "string", "enum": ["up", "down"]}}}}}}
        """);

    private const string Good = """{"id":"00000000-0000-4000-8000-000000000000","count":3,"ratio":0.5,"on":true,"name":null,"status":"up","more":[1]}""";

    [Fact]
    public void A_valid_answer_has_no_problems() => Assert.Empty(Problems($$"""{"response":[{{Good}}],"version":"1.0"}"""));

    [Theory]
    [InlineData("""null""", "$ is null")]
    [InlineData("""[]""", "$ is Array")]
    [InlineData("""{"version":"1.0"}""", "$.response is absent")]
    [InlineData("""{"response":[],"version":"1.0"}""", "$.response has 0 items")]
    [InlineData("""{"response":{},"version":"1.0"}""", "$.response is Object")]
    [InlineData("""{"response":[{}],"version":"1.0"}""", "$.response[0].id is absent")]
    [InlineData("""{"response":[{"id":"x"}],"version":"1.0"}""", "$.response[0].id is 'x'")]
    [InlineData("""{"response":[{"id":null}],"version":"1.0"}""", "$.response[0].id is null")]
    [InlineData("""{"response":[{"id":1}],"version":"1.0"}""", "$.response[0].id is Number")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","count":-1}],"version":"1.0"}""", "$.response[0].count is -1")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","count":11}],"version":"1.0"}""", "$.response[0].count is 11")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","count":1.5}],"version":"1.0"}""", "$.response[0].count is Number")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","count":"1"}],"version":"1.0"}""", "$.response[0].count is String")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","on":"true"}],"version":"1.0"}""", "$.response[0].on is String")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000","status":"sideways"}],"version":"1.0"}""", "$.response[0].status is \"sideways\"")]
    [InlineData("""{"response":[{"id":"00000000-0000-4000-8000-000000000000"}],"version":""}""", "$.version is too short")]
    public void An_invalid_answer_is_refused(string body, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Problems(body)));

    [Fact]
    public void What_is_not_described_is_refused()
    {
        Assert.NotEmpty(s_contract.Problems("GET", "/other", 200, new JsonObject()));
        Assert.NotEmpty(s_contract.Problems("POST", "/thing", 200, new JsonObject()));
        Assert.NotEmpty(s_contract.Problems("GET", "/thing", 404, new JsonObject()));
    }

    [Fact]
    public void A_keyword_it_does_not_know_is_not_passed_over()
    {
        OpenApiContract contract = OpenApiContract.Parse(
            """{"paths":{"/t":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"string","pattern":"a"}}}}}}}}}""");
        Assert.Throws<NotSupportedException>(() => contract.Problems("GET", "/t", 200, "a"));
    }

    [SharedFact]
    public void The_real_description_uses_no_keyword_it_does_not_know()
    {
        OpenApiContract contract = OpenApiContract.Catalyst();
        Assert.True(contract.Paths.Count() >= 80);
        // A wrong answer on purpose: it is refused for what it is, after the schema was understood.
        foreach (string path in contract.Paths)
        {
            if (contract.Problems("GET", path, 200, JsonValue.Create(1)) is [var problem]) Assert.DoesNotContain("NotSupported", problem);
        }
    }

    private static IReadOnlyList<string> Problems(string body) => s_contract.Problems("GET", "/thing", 200, JsonNode.Parse(body));
}
