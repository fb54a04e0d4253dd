using System.Text.Json.Nodes;
using Towpath.Cluster;
using Towpath.Server.Tests;
using Xunit.Abstractions;
using Script = Towpath.Cluster.Client;

namespace Towpath.Commands.Tests;

/// <summary>
/// Other people's clients at three servers behind a load balancer that sends each request to the next one: nobody is bound to a server, and
/// what one has answered all of them know.
/// </summary>
[Trait("Needs", "servers")]
public sealed class BalancedClientsTests(ITestOutputHelper output)
{
    private const int Servers = 3;

    /// <summary>What a call needs beside its address.</summary>
    private static readonly Dictionary<string, string> s_queries = new()
    {
        ["/client-detail"] = "?macAddress=00:24:d7:43:59:d8", ["/device-detail"] = "?searchBy={device}&identifier=uuid",
        ["/discovery/job"] = "?ipAddress=10.1.12.1", ["/global-credential"] = "?credentialSubType=CLI",
        ["/network-device/autocomplete"] = "?hostname=CAMPUS.*", ["/network-device/module/count"] = "?deviceId={device}",
        ["/network-device/module"] = "?deviceId={device}",
    };

    [Fact]
    public async Task Scripts_see_what_they_did_at_whichever_server_answers_next_and_every_server_answers_the_same()
    {
        await using Site site = await Site.StartAsync(Servers, output.WriteLine);
        var journal = new Journal();
        await Trial.DiscoverAsync(site, journal);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await AllKnowAsync(site, journal, patience.Token);
        using var client = new Script(site.Url, journal);
        await client.LogInAsync(patience.Token);

        for (int round = 0; round < 2 * Servers; round++) await TraceAsync(client, patience.Token);
        await KeepCredentialAsync(client, patience.Token);
        int calls = await WalkAsync(client, patience.Token);

        Assert.Empty(journal.Broken);
        Assert.Equal(0, journal.Refused);
        Assert.True(calls > 25, $"{calls} calls");
    }

    /// <summary>
    /// Returns when all servers have as many devices as the one that discovered them; the others hear of them within 2 s.
    /// </summary>
    private static async Task AllKnowAsync(Site site, Journal journal, CancellationToken cancellationToken)
    {
        Script[] direct = [.. site.Nodes.Select(node => new Script(node.Url, journal))];
        foreach (Script one in direct) await one.LogInAsync(cancellationToken);
        string[] counts;
        do counts = await Task.WhenAll(direct.Select(one => one.ReadAsync("/network-device/count", cancellationToken)));
        while (counts.Distinct().Count() > 1);
        foreach (Script one in direct) one.Dispose();
    }

    /// <summary>As the scripts of the origin's samples do: the task until its end, then what it names, each from the next server.</summary>
    private static async Task TraceAsync(Script client, CancellationToken cancellationToken)
    {
        object flow = new { sourceIP = "10.1.15.117", destIP = "10.2.1.22" };
        string? task = await client.AcceptAsync("/flow-analysis", flow, cancellationToken);
        string trace = await EndAsync(client, task, cancellationToken);
        for (int server = 0; server < Servers; server++)
        {
            JsonNode result = await ReadAsync(client, $"/flow-analysis/{trace}", cancellationToken);
            Assert.Equal("COMPLETED", (string?)result["request"]!["status"]);
            Assert.NotEmpty(result["networkElementsInfo"]!.AsArray());
        }
    }

    private static async Task KeepCredentialAsync(Script client, CancellationToken cancellationToken)
    {
        object[] login = [new { username = "script", password = "sixteen letters or more", description = "of a script" }];
        string? task = await client.AcceptAsync("/global-credential/cli", login, cancellationToken);
        string id = await EndAsync(client, task, cancellationToken);
        for (int server = 0; server < Servers; server++)
        {
            JsonNode kept = await ReadAsync(client, "/global-credential?credentialSubType=CLI", cancellationToken);
            Assert.Equal("of a script", (string?)kept.AsArray().Single(one => (string?)one!["id"] == id)!["description"]);
        }
    }

    /// <summary>Every call of the list that names nothing in its address, at each of the servers.</summary>
    /// <returns>How many there are.</returns>
    private static async Task<int> WalkAsync(Script client, CancellationToken cancellationToken)
    {
        const string Prefix = "/dna/intent/api/v1";
        string device = (string)(await ReadAsync(client, "/network-device?hostname=CAMPUS-Dist1", cancellationToken))[0]!["id"]!;
        string[] paths = [.. from call in ClientCall.Listed()
                             where call is { IsServed: true, Method: "GET" } && !call.Path.Contains('{', StringComparison.Ordinal)
                             let path = call.Path.Replace(Prefix, "", StringComparison.Ordinal)
                             where path[0] == '/' && call.Path.StartsWith(Prefix, StringComparison.Ordinal)
                             select path + s_queries.GetValueOrDefault(path)?.Replace("{device}", device, StringComparison.Ordinal)];
        foreach (string path in paths)
        {
            string[] answers = new string[Servers];
            for (int server = 0; server < Servers; server++) answers[server] = await client.ReadAsync(path, cancellationToken);
            Assert.False(JsonNode.Parse(answers[0])!["response"] is JsonObject refused && refused.ContainsKey("errorCode"),
                $"{path}: {answers[0]}");
            Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        }
        return paths.Length;
    }

    /// <returns>What the task says at its end.</returns>
    private static async Task<string> EndAsync(Script client, string? task, CancellationToken cancellationToken) =>
        (string)(await client.FollowAsync(task!, cancellationToken))!["progress"]!;

    private static async Task<JsonNode> ReadAsync(Script client, string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await client.ReadAsync(path, cancellationToken))!["response"]!;
}
