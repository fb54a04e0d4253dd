using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Discoveries through the API, against the simulated campus.</summary>
[Collection(CampusInventory.Name)]
public sealed class DiscoveryTests(CampusServer server)
{
    private const string Discoveries = CampusServer.Catalyst + "/discovery";

    [SharedFact]
    public async Task A_crawl_finds_what_the_neighbors_announce_and_nothing_across_the_unmanaged_wan()
    {
        JsonNode discovery =
            await RunAsync(new { name = "crawl", discoveryType = "cdp", ipAddressList = "10.1.10.1", cdpLevel = 16, snmpVersion = "v2",
            snmpROCommunity = "public", timeout = 1, retry = 1 });
        Assert.Equal("Complete", Text(discovery, "discoveryCondition"));
        Assert.True(JsonNode.DeepEquals(discovery, await server.GetBothAsync("/discovery/{id}", $"/discovery/{discovery["id"]}")));
        Assert.Equal("NO!$DATA!$", Text(discovery, "snmpRoCommunity"));
        string[] names = [.. (await server.GetBothAsync("/discovery/{id}/network-device", $"/discovery/{discovery["id"]}/network-device"))
            .AsArray().Select(device => Text(device!, "hostname"))];
        Assert.Contains("CAMPUS-Access1", names);
        Assert.Contains("Campus-WLC-5508", names);
        Assert.DoesNotContain("Branch-Router2", names);
        Assert.Equal(names.Length, discovery["numDevices"]!.GetValue<int>());
        Assert.Equal(names.Length,
            (await server.GetBothAsync("/discovery/{id}/network-device/count", $"/discovery/{discovery["id"]}/network-device/count"))
            .GetValue<int>());
        Assert.Equal(2, (await server.GetBothAsync("/discovery/{id}/network-device/{startIndex}/{recordsToReturn}",
            $"/discovery/{discovery["id"]}/network-device/2/2")).AsArray().Count);
    }

    [SharedFact]
    public async Task A_level_bounds_the_crawl_and_a_filter_keeps_it_out()
    {
        JsonNode near = await RunAsync(new { name = "near", discoveryType = "LLDP", ipAddressList = "10.1.10.1", lldpLevel = 0,
            snmpVersion = "v2", snmpROCommunity = "public", timeout = 1, retry = 0 });
        Assert.Equal(1, near["numDevices"]!.GetValue<int>());

        JsonNode filtered = await RunAsync(new { name = "filtered", discoveryType = "CDP", ipAddressList = "10.1.10.1", cdpLevel = 1,
            ipFilterList = new[] { "10.255.1.0/24" }, snmpVersion = "v2", snmpROCommunity = "public", timeout = 1, retry = 0 });
        JsonArray jobs = (await server.GetBothAsync("/discovery/{id}/job", $"/discovery/{filtered["id"]}/job")).AsArray();
        Assert.DoesNotContain(jobs, job => Text(job!, "ipAddress").StartsWith("10.255.1.", StringComparison.Ordinal));
        Assert.Contains(jobs, job => Text(job!, "ipAddress") == "10.1.4.2");
    }

    [SharedFact]
    public async Task Every_address_of_a_range_has_a_job_that_says_what_came_of_it()
    {
        JsonNode discovery =
            await RunAsync(new { name = "range", discoveryType = "Multi Range", ipAddressList = "10.255.1.5-10.255.1.5,10.1.99.1-10.1.99.2",
            snmpVersion = "v2", snmpROCommunity = "public", timeout = 1, retry = 0 });
        JsonArray jobs = (await server.GetBothAsync("/discovery/{id}/job", $"/discovery/{discovery["id"]}/job")).AsArray();
        Assert.Equal(["10.1.99.1 FAILURE", "10.1.99.2 FAILURE", "10.255.1.5 SUCCESS"],
            jobs.Select(job => $"{Text(job!, "ipAddress")} {Text(job!, "snmpStatus")}"));
        Assert.StartsWith("No SNMP answer from 10.1.99.1 (at 127.1.99.1:", Text(jobs[0]!["attributeInfo"]!, "reason"),
            StringComparison.Ordinal);
        Assert.Equal(2, (await server.GetBothAsync("/discovery/{id}/summary", $"/discovery/{discovery["id"]}/summary?snmpStatus=FAILURE"))
            .GetValue<int>());
        Assert.NotEmpty((await server.GetBothAsync("/discovery/job", "/discovery/job?ipAddress=10.255.1.5&name=range")).AsArray());
    }

    [Fact]
    public async Task A_name_that_is_used_is_accepted_and_its_task_fails()
    {
        var body = new { name = "twice", discoveryType = "Single", ipAddressList = "10.1.10.1", snmpVersion = "v2",
            snmpROCommunity = "public" };
        await RunAsync(body);
        JsonObject task = await server.EndAsync(server.PostAsync(Discoveries, body));
        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Equal("Discovery name is duplicate", Text(task, "errorCode"));
        Assert.Equal("Discovery name is duplicate", Text(task, "failureReason"));
        Assert.Equal("Failed to create discovery", Text(task, "progress"));
        Assert.Equal("Discovery Service", Text(task, "serviceType"));
    }

    [Fact]
    public async Task A_discovery_is_stopped_started_again_and_deleted()
    {
        // Silent addresses: it runs until it is stopped.
        JsonObject task = await server.EndAsync(server.PostAsync(Discoveries,
            new { name = "long", discoveryType = "Range", ipAddressList = "10.1.200.1-10.1.210.255", snmpVersion = "v2",
            snmpROCommunity = "public", timeout = 10, retry = 3 }));
        string id = Text(task, "progress");
        await server.EndAsync(server.PutAsync(Discoveries, new { id, discoveryStatus = "Inactive" }));
        JsonNode stopped = await ReadAsync(id);
        Assert.Equal(("Inactive", "Aborted"), (Text(stopped, "discoveryStatus"), Text(stopped, "discoveryCondition")));

        await server.EndAsync(server.PutAsync(Discoveries, new { id, discoveryStatus = "Active" }));
        JsonNode again = await ReadAsync(id);
        Assert.Equal("Active", Text(again, "discoveryStatus"));
        Assert.Contains(Text(again, "discoveryCondition"), new[] { "Queued", "In Progress" });

        await server.EndAsync(server.DeleteAsync($"{Discoveries}/{id}"));
        Assert.Equal(404, (await server.GetAsync($"{Discoveries}/{id}")).Status);
        Assert.Equal(404, (await server.DeleteAsync($"{Discoveries}/{id}")).Status);
    }

    [Fact]
    public async Task A_start_takes_the_read_object_back_but_changes_nothing_in_it()
    {
        JsonNode ended = await RunAsync(new { name = "as it was", discoveryType = "Single", ipAddressList = "10.1.10.1", snmpVersion = "v2",
            snmpROCommunity = "public" });
        await server.EndAsync(server.PutAsync(Discoveries, ended));
        Assert.Equal(1, (await EndedAsync(Text(ended, "id")))["numDevices"]!.GetValue<int>());

        ended["ipAddressList"] = "10.1.12.1";
        Answer refused = await server.PutAsync(Discoveries, ended);
        Assert.Equal(400, refused.Status);
        Assert.Contains("ipAddressList is '10.1.10.1' and cannot become '10.1.12.1'", Text(refused.Response, "message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_of_nothing_says_all_that_is_missing()
    {
        Answer refused = await server.PutAsync(Discoveries, new { discoveryStatus = "Perhaps" });
        Assert.Equal(400, refused.Status);
        Assert.Contains("id is required", Text(refused.Response, "detail"), StringComparison.Ordinal);
        Assert.Contains("not 'Perhaps'", Text(refused.Response, "detail"), StringComparison.Ordinal);
        Assert.Equal(404, (await server.PutAsync(Discoveries, new { id = "999999", discoveryStatus = "Active" })).Status);
    }

    [SharedFact]
    public async Task Ranges_and_counts_of_discoveries_follow_the_contract()
    {
        JsonNode one = await RunAsync(new { name = "listed", discoveryType = "Single", ipAddressList = "10.1.10.1", snmpVersion = "v2",
            snmpROCommunity = "public" });
        JsonArray all = (await server.GetBothAsync("/discovery/{startIndex}/{recordsToReturn}", "/discovery/1/500")).AsArray();
        Assert.Contains(all, discovery => Text(discovery!, "id") == Text(one, "id"));
        Assert.Equal(all.Count, (await server.GetBothAsync("/discovery/count", "/discovery/count")).GetValue<int>());
        Assert.Empty((await server.GetBothAsync("/discovery/{startIndex}/{recordsToReturn}", "/discovery/1000/10")).AsArray());
        Assert.Equal(400, (await server.GetAsync($"{Discoveries}/1/501")).Status);
        Assert.Equal(405, (await server.GetAsync(Discoveries)).Status);
    }

    [Theory]
    [InlineData("""{"discoveryType":"Single","ipAddressList":"10.1.10.1"}""", "name is required")]
    [InlineData("""{"name":"x","discoveryType":"Sweep","ipAddressList":"10.1.10.1"}""", "Single, Range, Multi Range, CIDR, CDP, LLDP")]
    [InlineData("""{"name":"x","discoveryType":"Range","ipAddressList":"10.0.0.0-10.255.255.255"}""", "the limit is 65536")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"127.0.0.1"}""", "127.0.0.1 is never contacted")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","cdpLevel":17}""", "cdpLevel")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","snmpVersion":"v3","snmpUserName":"u"}""", "NOAUTHNOPRIV")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","snmpVersion":"v4"}""", "v2 or v3")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","snmpUserName":"u","snmpMode":"AUTHPRIV","snmpAuthProtocol":"SHA1024","snmpAuthPassphrase":"12345678","snmpPrivProtocol":"ROT13","snmpPrivPassphrase":"12345678"}""", "SHA256", "CISCOAES256")]
    [InlineData("""{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","globalCredentialIdList":["none"]}""", "'none'")]
    public async Task A_malformed_discovery_is_refused_with_what_to_do(string body, params string[] words)
    {
        Answer refused = await server.PostTextAsync(Discoveries, body);
        Assert.Equal(400, refused.Status);
        Assert.All(words, word =>
            Assert.Contains(word, $"{refused.Response["message"]} {refused.Response["detail"]}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/preview")]
    public async Task A_credential_id_that_nothing_has_is_refused_by_its_name(string operation)
    {
        string known = Text(
            (await server.EndAsync(server.PostAsync(
                $"{CampusServer.Catalyst}/global-credential/snmpv2-read-community",
                new[] { new { readCommunity = "known", description = "known" } }))),
            "progress");
        const string Unknown = "0b5cf2a4-5c5f-4a0e-9d0d-6d2b7a3c1e11", Other = "0b5cf2a4-5c5f-4a0e-9d0d-6d2b7a3c1e12";
        Answer refused = await server.PostAsync(
            Discoveries + operation,
            new { name = "x", discoveryType = "Single", ipAddressList = "10.1.10.1",
                globalCredentialIdList = new[] { Unknown, known, Other, Unknown } });
        Assert.Equal(400, refused.Status);
        string detail = Text(refused.Response, "detail");
        Assert.All([Unknown, Other], id => Assert.Equal(2, detail.Split(id).Length));
        Assert.DoesNotContain(known, detail, StringComparison.Ordinal);
        await server.EndAsync(server.DeleteAsync($"{CampusServer.Catalyst}/global-credential/{known}"));
    }

    [Fact]
    public async Task The_read_objects_spelling_is_understood_and_a_stored_credential_serves()
    {
        JsonObject made = await server.EndAsync(server.PostTextAsync($"{CampusServer.Catalyst}/global-credential/snmpv3", """
            [{"username":"towpath","snmpMode":"AUTHPRIV","authType":"SHA256","authPassword":"towpath-auth-demo","privacyType":"AES128","privacyPassword":"towpath-priv-demo"}]
            """));
        Assert.False(made["isError"]!.GetValue<bool>());
        string credential = Text((await server.GetAsync($"{CampusServer.Catalyst}/global-credential?credentialSubType=SNMPV3"))
            .Response[0]!, "id");
        JsonNode discovery =
            await RunAsync(new { name = "v3", discoveryType = "Single", ipAddressList = "10.1.10.1", snmpVersion = "v3",
            globalCredentialIdList = new[] { credential }, retryCount = 1, timeOut = 5 });
        Assert.Equal((1, 1, 5),
            (discovery["numDevices"]!.GetValue<int>(), discovery["retryCount"]!.GetValue<int>(), discovery["timeOut"]!.GetValue<int>()));
    }

    private async Task<JsonNode> RunAsync(object body)
    {
        JsonObject task = await server.EndAsync(server.PostAsync(Discoveries, body));
        Assert.False(task["isError"]!.GetValue<bool>(), task.ToJsonString());
        return await EndedAsync(Text(task, "progress"));
    }

    // A discovery's end is seen by asking, as every client does.
    private async Task<JsonNode> EndedAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonNode discovery = await ReadAsync(id);
            if (Text(discovery, "discoveryCondition") is "Complete" or "Aborted") return discovery;
            await Task.Delay(20, patience.Token);
        }
    }

    // One family: a running discovery changes between two questions.
    private async Task<JsonNode> ReadAsync(string id) => (await server.GetAsync($"{Discoveries}/{id}")).Response;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
