using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Towpath.Server.Tests;

/// <summary>The two address families side by side.</summary>
public static partial class Families
{
    public const string ApicEm = "/api/v1";
    public const string Catalyst = "/dna/intent/api/v1";

    /// <summary>
    /// Asks both families, checks the Catalyst answer against the description and the APIC-EM answer against it, and returns it.
    /// </summary>
    /// <param name="described">The path below the prefix as described: <c>/task/{taskId}</c>.</param>
    /// <param name="path">The same with values, and a query if any.</param>
    public static async Task<Answer> GetBothAsync(this TestServer server, OpenApiContract contract, string described, string path)
    {
        Answer catalyst = await server.GetAsync(Catalyst + path);
        Assert.Empty(contract.Problems("GET", Catalyst + described, catalyst.Status, catalyst.Json));
        Answer apicEm = await server.GetAsync(ApicEm + path);
        Assert.Equal(catalyst.Status, apicEm.Status);
        Assert.True(JsonNode.DeepEquals(WithoutPrefix(catalyst.Json), WithoutPrefix(apicEm.Json)),
            $"{path}\n{catalyst.Text}\n{apicEm.Text}");
        return catalyst;
    }

    /// <summary>Addresses in bodies follow the request's family; that is the one thing that differs.</summary>
    private static JsonNode WithoutPrefix(JsonObject body) => JsonNode.Parse(Prefix().Replace(body.ToJsonString(), "\"/"))!;

    [GeneratedRegex("\"(/dna/intent)?/api/v1/")]
    private static partial Regex Prefix();
}
