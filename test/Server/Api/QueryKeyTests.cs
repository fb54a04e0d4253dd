using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Keys of a query that mean nothing are ignored, and said.</summary>
public sealed class QueryKeyTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Catalyst = "/dna/intent/api/v1";

    /// <summary>Path, what its query needs, and the described keys that nothing is done with.</summary>
    public static TheoryData<string, string, string> Described => new()
    {
        { "/discovery/job", "ipAddress=192.0.2.1", "" },
        { "/flow-analysis", "", "" },
        { "/global-credential", "credentialSubType=CLI", "" },
        { "/interface", "", "lastInputTime,lastOutputTime" }, // no device tells them
        { "/network-device", "", "" },
        { "/network-device/autocomplete", "hostname=x", "" },
        { "/task", "", "" },
        { "/task/count", "", "" },
        { "/tasks", "", "" },
        { "/tasks/count", "", "" },
        { "/topology/physical-topology", "", "" },
    };

    [SharedTheory]
    [MemberData(nameof(Described))]
    public async Task Every_key_that_the_contract_describes_is_used(string path, string needed, string unused)
    {
        string[] keys = [.. OpenApiContract.Catalyst().QueryKeys(Catalyst + path)];
        Assert.True(keys.Length > 0, path);
        // Blank is as good as absent, so every key may be given at once; "id" alone would make the others pointless.
        IEnumerable<string> blank = keys.Where(key => key != "id" && !needed.StartsWith($"{key}=", StringComparison.Ordinal))
            .Select(key => $"{Uri.EscapeDataString(key)}=");
        Answer answer = await server.GetAsync($"{Catalyst}{path}?{string.Join('&', [needed, .. blank])}&nobodys=1");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal([.. unused.Split(',', StringSplitOptions.RemoveEmptyEntries), "nobodys"], Named(answer).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/network-device?hostName=x&familly=Routers&Limit=5", "familly")]
    [InlineData("/network-device/count?sortBy=hostname&hostname=x", "sortBy")]
    [InlineData("/network-device?id=00000000-0000-4000-8000-000000000000&family=Routers", "family")] // an id ignores other filters
    [InlineData("/host?hostIP=192.0.2.1&hostip2=x", "hostip2")]
    [InlineData("/host/count?limit=1", "limit")]
    [InlineData("/interface?sortBy=name", "sortBy")]
    [InlineData("/interface/ospf?device=x", "device")]
    [InlineData("/discovery/1/10?limit=1", "limit")]
    [InlineData("/discovery/count?x", "x")]
    [InlineData("/snmp-property?x=1&x=2&y", "x,y")]
    [InlineData("/topology/vlan/vlan-names?%22%0d%0aSet-Cookie:=1", "???Set-Cookie:")]
    [InlineData("/table/arp?address=192.0.2.1&colour=red&format=json&at=1", "colour")]
    [InlineData("/table/arp/count?mac=x&sortBy=mac&limit=1", "limit")]
    [InlineData("/search?q=core&kind=device", "kind")]
    [InlineData("/flow-analysis?sourceIP=192.0.2.1&protocol=6&limit=1&offset=1", "")]
    [InlineData("/task?limit=1", "")]
    [InlineData("/task", "")]
    [InlineData("/task?", "")]
    public async Task Keys_that_nobody_asks_for_are_named_in_warnings(string path, string named)
    {
        foreach (string family in (string[])["/api/v1", Catalyst])
        {
            Answer answer = await server.GetAsync(family + path);
            Assert.True(answer.Status == 200, answer.Text);
            Assert.Equal(named.Split(',', StringSplitOptions.RemoveEmptyEntries), Named(answer).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_accepted_write_and_a_poll_warn_as_well()
    {
        Answer accepted = await server.PostTextAsync($"{Catalyst}/flow-analysis?dryRun=true", """
            {"sourceIP":"192.0.2.1","destIP":"192.0.2.2","colour":"red"}
            """);
        Assert.Equal(202, accepted.Status);
        Assert.Equal(["299 - \"The field 'colour' is not known and was ignored.\"",
            "299 - \"The query key 'dryRun' is not used here and was ignored.\""], accepted.Message.Headers.GetValues("Warning").Order());
        string task = $"{Catalyst}/task/{accepted.Response["taskId"]}";
        Assert.Equal(["await"], Named(await server.GetAsync($"{task}?await=5")));
        Assert.Empty(Named(await server.GetAsync(task)));
        Assert.Equal(["x"], Named(await server.GetAsync("/health/live?x")));
    }

    [Fact]
    public async Task Warnings_have_a_measure_and_a_refusal_has_none()
    {
        string many = string.Join('&', Enumerable.Range(0, 200).Select(i => $"k{i}=1"));
        Assert.Equal(20, Named(await server.GetAsync($"{Catalyst}/task?{many}")).Length);
        Assert.True(Assert.Single(Named(await server.GetAsync($"{Catalyst}/task?{new string('k', 5000)}=1"))).Length < 200);
        Assert.Empty(Named(await server.GetAsync($"{Catalyst}/task?limit=0&x=1")));
    }

    [Theory]
    [InlineData("/network-device")]
    [InlineData("/host")]
    [InlineData("/task")]
    [InlineData("/tasks")]
    [InlineData("/flow-analysis")]
    [InlineData("/pathTraces")]
    [InlineData("/table/routes")]
    [InlineData("/global-credential?credentialSubType=CLI")]
    public async Task Every_list_that_can_be_sorted_refuses_an_order_that_it_does_not_know(string list)
    {
        char next = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        Answer refused = await server.GetAsync($"{Catalyst}{list}{next}sortBy=colour&order=up");
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("sortBy must be one of", refused.Text, StringComparison.Ordinal);
        Assert.Contains("order must be one of", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync($"{Catalyst}{list}{next}order=desc")).Status);
    }

    private static string[] Named(Answer answer) =>
        answer.Message.Headers.TryGetValues("Warning", out IEnumerable<string>? warnings) ? [.. warnings.Select(NameIn)] : [];

    private static string NameIn(string warning)
    {
        const string Before = "299 - \"The query key '", After = "' is not used here and was ignored.\"";
        Assert.StartsWith(Before, warning, StringComparison.Ordinal);
        Assert.EndsWith(After, warning, StringComparison.Ordinal);
        return warning[Before.Length..^After.Length];
    }
}
