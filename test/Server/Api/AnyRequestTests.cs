using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Towpath.Server.Tests;

/// <summary>Whatever a client sends, it is answered, and a refusal has its one shape: the server never fails over it.</summary>
public sealed partial class AnyRequestTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] s_values =
        ["1", "0", "-1", "abc", "9223372036854775808", "00000000-0000-4000-8000-000000000000", "192.0.2.1", "true", "%F0%9F%98%80",
            "%ff%fe", "*", ".*", "a,b", "500", "501", "null", new string('x', 300)];

    private static readonly string[] s_bodies =
    [
        "", "{}", "[]", "null", "\"x\"", "1", "[{}]", "[1]", "[null]", "{\"id\":1}", "{\"id\":{}}", "{\"id\":\"1\",\"role\":1}", "{\"a\":[",
        "\u0000", "{\"name\":\"\\ud800\"}",
        """{"name":[],"discoveryType":{},"ipAddressList":1}""", """{"name":"\u0000","discoveryType":"Single","ipAddressList":"127.0.0.1"}""", """{"ipAddress":[null]}""",
        """{"ipAddress":["127.0.0.1"],"snmpVersion":"v3","snmpUserName":5}""", """[{"readCommunity":{}}]""", """{"sourceIP":[],"destIP":{}}""",
        """{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","inclusions":[1]}""", """{"attribute":"idletimeout","value":"x"}""", """[{"systemPropertyName":"snmp-retry","intValue":1.5}]""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_request_makes_the_server_fail(int seed)
    {
        var random = new Random(seed);
        // What changes the administrator's own session would end the test.
        string[] routes = [.. server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => route.RoutePattern.RawText!)
            .Where(route => !route.Contains("ticket", StringComparison.Ordinal)
                && !route.Contains("auth/token", StringComparison.Ordinal))];
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            string path = Parameter().Replace(Any(routes), _ => Any(s_values));
            string query = string.Join('&', Enumerable.Range(0, random.Next(3)).Select(_ => $"{Any(["limit", "offset", "id", "hostname", "hostIp", "startTime", "sortBy", "status", "ipAddress", "credentialSubType", "name"])}={Any(s_values)}"));
            using var request = new HttpRequestMessage(new HttpMethod(Any(["GET", "GET", "POST", "PUT", "PATCH"])),
                $"/{path.TrimStart('/')}?{query}");
            string body = Any(s_bodies);
            if (request.Method != HttpMethod.Get)
                request.Content = new StringContent(body, Encoding.UTF8, random.Next(10) == 0 ? "text/plain" : "application/json");

            Answer answer = await Answer.OfAsync(await server.Http.SendAsync(request));

            Assert.True(answer.Status < 500 || path.Contains("health", StringComparison.Ordinal),
                $"{answer.Status} {request.Method} {request.RequestUri} {body}: {answer.Text}");
            if (answer.Status < 400) continue;
            refused++;
            ErrorTests.AssertIsError(answer, answer.Status);
        }
        Assert.InRange(refused, 1_000, 1_950);

        T Any<T>(T[] choices) => choices[random.Next(choices.Length)];
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
