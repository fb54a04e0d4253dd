using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The OpenAPI document says what is served: all of it, and nothing else.</summary>
public sealed partial class ApiDocumentTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Address = "/openapi/v1.json";

    [Fact]
    public async Task Every_live_route_is_described_and_nothing_else_is()
    {
        string[] live = [.. Routes().Select(route => $"{Methods(route)} {Path(route)}").Order(StringComparer.Ordinal)];
        string[] described = [.. Operations(await DocumentAsync()).Select(one => $"{one.Method} {one.Path}").Order(StringComparer.Ordinal)];
        Assert.Equal(live, described);
    }

    [Fact]
    public void Only_the_document_and_the_page_that_shows_it_are_left_out() => Assert.All(
        server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsLeftOut),
        route => Assert.True(Path(route) == Address || Path(route).StartsWith("/docs/", StringComparison.Ordinal), Path(route)));

    [Fact]
    public async Task Every_operation_says_what_it_is_for_what_its_address_holds_and_what_it_answers()
    {
        JsonObject document = await DocumentAsync();
        Assert.Equal("3.0", document["openapi"]!.GetValue<string>()[..3]);
        Assert.Equal("/", document["servers"]![0]!["url"]!.GetValue<string>());
        foreach ((string method, string path, JsonNode operation) in Operations(document))
        {
            string at = $"{method} {path}";
            Assert.True(operation["summary"]?.GetValue<string>().Length > 5, at);
            Assert.True(operation["tags"]?.AsArray().Count == 1, at);
            string[] held = [.. Parameter().Matches(path).Select(match => match.Groups[1].Value).Order()];
            Assert.True(held.SequenceEqual(Names(operation, "path").Order()), at);
            Assert.True(Names(operation, "query").Distinct().Count() == Names(operation, "query").Count(), at);
            Assert.True(operation["responses"]!.AsObject().Any(answer => answer.Key is "200" or "202" or "204"), at);
            Assert.True(operation["responses"]!["400"]!["content"]!["application/json"]!["schema"] is not null, at);
            foreach ((string status, JsonNode? answer) in operation["responses"]!.AsObject())
                Assert.True(status == "204" || answer!["content"]!.AsObject().All(media => media.Value!["schema"] is not null), at);
        }
        string[] names = [.. Operations(document).Select(one => one.Operation["operationId"]!.GetValue<string>())];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_schema_is_complete_and_of_keywords_that_the_contract_uses()
    {
        JsonObject document = await DocumentAsync();
        OpenApiContract described = OpenApiContract.Parse(document.ToJsonString());
        // A wrong answer on purpose: each schema is read before it is refused.
        foreach ((string method, string path, JsonNode operation) in Operations(document))
        {
            foreach (string status in operation["responses"]!.AsObject().Select(answer => answer.Key).Where(status => status != "204"))
                Assert.Single(described.Problems(method, path, int.Parse(status), new JsonArray(new JsonArray()))
                    .DefaultIfEmpty("a list of lists is what it is").Take(1));
        }
        foreach ((string name, JsonNode? schema) in document["components"]!["schemas"]!.AsObject())
        {
            Assert.DoesNotContain('`', name);
            Assert.True(schema!["properties"]?.AsObject().Count > 0, $"{name} has no properties");
            foreach ((string property, JsonNode? shape) in schema["properties"]!.AsObject())
                Assert.True(shape!["type"] is not null || shape["$ref"] is not null, $"{name}.{property}: {shape.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_token_is_wanted_wherever_the_server_wants_one()
    {
        JsonObject document = await DocumentAsync();
        Assert.Equal("X-Auth-Token", document["security"]![0]!.AsObject().Single().Key);
        JsonNode token = document["components"]!["securitySchemes"]!["X-Auth-Token"]!;
        Assert.Equal(("apiKey", "header", "X-Auth-Token"),
            (token["type"]!.GetValue<string>(), token["in"]!.GetValue<string>(), token["name"]!.GetValue<string>()));
        foreach ((string method, string path, JsonNode operation) in Operations(document))
        {
            bool isOpen = PublicRoutes.All.Contains($"{method} {path}");
            if (path.EndsWith("/auth/token", StringComparison.Ordinal))
                Assert.Equal("Basic", operation["security"]![0]!.AsObject().Single().Key);
            else Assert.True(isOpen ? operation["security"] is JsonArray { Count: 0 } : operation["security"] is null, $"{method} {path}");
        }
    }

    [Fact]
    public async Task Every_key_of_a_query_that_is_described_is_used()
    {
        foreach ((string method, string path, JsonNode operation) in Operations(await DocumentAsync()))
        {
            string[] keys = [.. Names(operation, "query").Where(key => key is not ("id" or "wait"))];
            if (method != "GET" || keys.Length == 0 || path.Contains('{') || path.EndsWith("/stream", StringComparison.Ordinal)) continue;
            // Blank is as good as absent, except where one is wanted.
            string query = string.Join(
                '&', keys.Select(key => $"{Uri.EscapeDataString(key)}={Needed.GetValueOrDefault((Last(path), key), "")}"));
            Answer answer = await server.GetAsync($"{path}?{query}");
            if (answer.Status == 404 && Needed.Keys.Any(need => need.Path == Last(path))) continue; // there is no such device here
            Assert.True(answer.Status == 200, $"{path}?{query}: {answer.Text}");
            Assert.False(answer.Message.Headers.Contains("Warning"), $"{path}: {answer.Message.Headers}");
        }
    }

    /// <summary>What some queries cannot do without.</summary>
    private static Dictionary<(string Path, string Key), string> Needed { get; } = new()
    {
        [("job", "ipAddress")] = "192.0.2.1",
        [("global-credential", "credentialSubType")] = "CLI",
        [("autocomplete", "hostname")] = "x",
        [("search", "q")] = "core",
        [("module", "deviceId")] = "00000000-0000-4000-8000-000000000000",
        [("count", "deviceId")] = "00000000-0000-4000-8000-000000000000",
        [("device-detail", "identifier")] = "uuid",
        [("device-detail", "searchBy")] = "00000000-0000-4000-8000-000000000000",
        [("client-detail", "macAddress")] = "00:00:5e:00:53:01",
    };

    [SharedFact]
    public async Task What_the_contract_says_of_a_served_operation_is_said_here_too()
    {
        JsonObject contract = OpenApiContract.Catalyst().Document;
        JsonObject document = await DocumentAsync();
        Dictionary<string, JsonNode> ours = Operations(document).ToDictionary(
            one => $"{one.Method} {Parameter().Replace(one.Path, "{}")}", one => one.Operation);
        int compared = 0;
        List<string> problems = [];
        foreach ((string method, string path, JsonNode theirs) in Operations(contract))
        {
            if (!ours.TryGetValue($"{method} {Parameter().Replace(path, "{}")}", out JsonNode? own)) continue; // not served, see the README
            compared++;
            foreach (string key in Names(theirs, "query").Except(Names(own, "query")).Where(key => !s_unused.Contains((Last(path), key))))
                problems.Add($"{method} {path} has no key {key}");
            if (theirs["requestBody"] is not null && own["requestBody"] is null) problems.Add($"{method} {path} takes no body");
            foreach ((string status, JsonNode? answer) in theirs["responses"]!.AsObject())
            {
                if (answer!["content"]?["application/json"]?["schema"] is not { } schema) continue;
                if (own["responses"]![status]?["content"]?["application/json"]?["schema"] is { } said)
                    problems.AddRange(SchemaComparison.Missing(contract, schema, document, said, $"{method} {path} {status}"));
                else problems.Add($"{method} {path} does not say that it answers {status}");
            }
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.True(compared > 60, $"only {compared} operations were compared");
    }

    /// <summary>
    /// Keys that the contract describes and nothing is done with: no device tells when an interface saw its last packet, hosts are told
    /// as they are now, a discovery has one task, and a count no order.
    /// </summary>
    private static readonly (string Path, string Key)[] s_unused =
    [
        ("interface", "lastInputTime"), ("interface", "lastOutputTime"), ("client-detail", "timestamp"),
        ("network-device", "taskId"), ("count", "taskId"), ("{recordsToReturn}", "taskId"), ("summary", "taskId"),
        ("summary", "sortBy"), ("summary", "sortOrder"),
    ];

    [Fact]
    public async Task It_is_the_same_for_everybody_and_needs_no_token()
    {
        using HttpClient nobody = server.NewClient();
        using HttpResponseMessage answer = await nobody.GetAsync(Address);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((await DocumentAsync()).ToJsonString(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString());
    }

    /// <summary>As it is sent. The first one who asks waits for it, on a busy machine longer than a client does.</summary>
    private async Task<JsonObject> DocumentAsync() => JsonNode.Parse(await server.Service<ApiDocument>().JsonAsync())!.AsObject();

    private IEnumerable<RouteEndpoint> Routes() =>
        server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => !IsLeftOut(route));

    private static bool IsLeftOut(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true;

    private static string Methods(RouteEndpoint route) =>
        string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]);

    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    private static string Last(string path) => path.Split('/')[^1];

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    private static IEnumerable<string> Names(JsonNode operation, string place) =>
        from parameter in operation["parameters"]?.AsArray() ?? []
        where parameter["in"]!.GetValue<string>() == place
        select parameter["name"]!.GetValue<string>();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
