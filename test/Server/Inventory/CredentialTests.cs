using System.Text;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class CredentialTests(CampusServer server)
{
    private const string Credentials = $"{CampusServer.Catalyst}/global-credential";

    [SharedTheory]
    [InlineData("cli", "CLI", """{"description":"d","comments":"c","username":"admin","password":"s3cret-1","enablePassword":"s3cret-2"}""",
        """{"username":"admin","password":"NO!$DATA!$","enablePassword":"NO!$DATA!$"}""")]
    [InlineData("snmpv2-read-community", "SNMPV2_READ_COMMUNITY", """{"description":"d","comments":"c","readCommunity":"s3cret-3"}""", """{"readCommunity":"NO!$DATA!$"}""")]
    [InlineData("snmpv2-write-community", "SNMPV2_WRITE_COMMUNITY", """{"description":"d","comments":"c","writeCommunity":"s3cret-4"}""", """{"writeCommunity":"NO!$DATA!$"}""")]
    [InlineData("snmpv3", "SNMPV3",
        """{"description":"d","comments":"c","username":"u","snmpMode":"AUTHPRIV","authType":"SHA","authPassword":"s3cret-5","privacyType":"AES128","privacyPassword":"s3cret-6"}""",
        """{"username":"u","snmpMode":"AUTHPRIV","authType":"SHA","authPassword":"NO!$DATA!$","privacyType":"AES128","privacyPassword":"NO!$DATA!$"}""")]
    [InlineData("http-read", "HTTP_READ",
        """{"description":"d","comments":"c","username":"u","password":"s3cret-7","port":8443,"secure":true}""",
        """{"username":"u","password":"NO!$DATA!$","port":8443,"secure":true}""")]
    [InlineData("http-write", "HTTP_WRITE", """{"description":"d","comments":"c","username":"u","password":"s3cret-8","secure":false}""",
        """{"username":"u","password":"NO!$DATA!$","port":80,"secure":false}""")]
    [InlineData("netconf", "NETCONF", """{"description":"d","comments":"c","netconfPort":"830"}""", """{"netconfPort":"830"}""")]
    public async Task A_credential_is_created_listed_masked_changed_and_deleted(string path, string subType, string body, string shown)
    {
        JsonObject created = await server.EndAsync(server.PostTextAsync($"{Credentials}/{path}", $"[{body}]"));
        string id = created["progress"]!.GetValue<string>();

        JsonNode item = await ItemAsync(subType, id);
        foreach ((string name, JsonNode? value) in JsonNode.Parse(shown)!.AsObject())
            Assert.Equal(value!.ToString(), item[name]!.ToString());
        Assert.Equal(("d", "c", "GLOBAL", id),
            (item["description"]!.ToString(), item["comments"]!.ToString(), item["credentialType"]!.ToString(),
            item["instanceUuid"]!.ToString()));
        Assert.Equal(subType,
            (await server.GetBothAsync("/global-credential/{globalCredentialId}", $"/global-credential/{id}")).GetValue<string>());

        item["description"] = "changed";
        await server.EndAsync(server.PutAsync($"{Credentials}/{path}", item)); // as it was read, with masks
        Assert.Equal("changed", (await ItemAsync(subType, id))["description"]!.ToString());

        Answer deletion = await server.DeleteAsync($"{Credentials}/{id}");
        Assert.NotNull((await server.GetAsync(deletion.Response["url"]!.GetValue<string>())).Response["endTime"]);
        Assert.Equal(404, (await server.GetAsync($"{Credentials}/{id}")).Status);
        Assert.Equal(404, (await server.DeleteAsync($"{Credentials}/{id}")).Status);
        Assert.Equal(404, (await server.PutAsync($"{Credentials}/{path}", item)).Status);
    }

    [Fact]
    public async Task A_mask_that_comes_back_leaves_the_secret_as_it_is()
    {
        JsonObject created = await server.EndAsync(server.PostTextAsync($"{Credentials}/snmpv2-read-community", """[{"description":"kept","readCommunity":"first-community"}]"""));
        var id = Guid.Parse(created["progress"]!.GetValue<string>());

        await server.EndAsync(server.PutAsync($"{Credentials}/snmpv2-read-community",
            new { id, readCommunity = "NO!$DATA!$", comments = "new" }));
        Assert.Equal(new Towpath.Network.DeviceCredential.SnmpV2c("first-community"),
            await server.Service<Towpath.Inventory.Credentials>().ForReadingAsync(id, default, default));

        await server.EndAsync(server.PutAsync($"{Credentials}/snmpv2-read-community", new { id, readCommunity = "second-community" }));
        Assert.Equal(new Towpath.Network.DeviceCredential.SnmpV2c("second-community"),
            await server.Service<Towpath.Inventory.Credentials>().ForReadingAsync(id, default, default));
        await server.EndAsync(server.DeleteAsync($"{Credentials}/{id}"));
    }

    [SharedFact]
    public async Task Ranges_are_shown_stay_when_they_are_not_sent_and_end_when_the_list_is_empty()
    {
        JsonObject created = await server.EndAsync(server.PostTextAsync(
            $"{Credentials}/snmpv2-read-community", """[{"description":"ranged","readCommunity":"a-community","ranges":["10.1.0.0/16", "10.2.0.1-10.2.0.9"]}]"""));
        string id = created["progress"]!.GetValue<string>();
        Assert.Equal("10.1.0.0/16 10.2.0.1-10.2.0.9", await RangesAsync());

        await server.EndAsync(server.PutAsync($"{Credentials}/snmpv2-read-community", new { id, comments = "new" }));
        await server.EndAsync(server.PutAsync($"{Credentials}/snmpv2-read-community", new { id, ranges = (string[]?)null }));
        Assert.Equal("10.1.0.0/16 10.2.0.1-10.2.0.9", await RangesAsync());
        Assert.Equal(400, (await server.PutAsync($"{Credentials}/snmpv2-read-community",
            new { id, ranges = new[] { "10.1.0.9-10.1.0.1" } })).Status);

        await server.EndAsync(server.PutAsync($"{Credentials}/snmpv2-read-community", new { id, ranges = Array.Empty<string>() }));
        Assert.Equal("", await RangesAsync());
        await server.EndAsync(server.DeleteAsync($"{Credentials}/{id}"));

        async Task<string> RangesAsync() => string.Join(' ', (await ItemAsync("SNMPV2_READ_COMMUNITY", id))["ranges"]!.AsArray());
    }

    [Fact]
    public async Task No_secret_reaches_the_disk_in_clear_text()
    {
        const string Secret = "pQ7-never-in-clear-text";
        await server.EndAsync(server.PostTextAsync($"{Credentials}/cli", $$"""[{"username":"admin","password":"{{Secret}}"}]"""));
        await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/network-device",
            new { ipAddress = new[] { "10.99.99.98" }, snmpROCommunity = Secret, snmpRetry = 0, snmpTimeout = 1 }));

        foreach (string file in Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith("towpath.lock", StringComparison.Ordinal)) continue; // empty, and the server's alone
            byte[] octets = await ReadAsync(file);
            Assert.True(octets.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0, file);
        }
    }

    [Theory]
    [InlineData("cli", """[{"username":"admin"}]""", "password")]
    [InlineData("cli", """[]""", "1 to 100")]
    [InlineData("snmpv2-read-community", """[{"readCommunity":""}]""", "readCommunity")]
    [InlineData("snmpv3", """[{"username":"u","snmpMode":"AUTHPRIV","authType":"SHA3","authPassword":"12345678","privacyType":"DES","privacyPassword":"12345678"}]""", "SHA3")]
    [InlineData("snmpv3", """[{"username":"u","snmpMode":"AUTHNOPRIV","authType":"SHA","authPassword":"short"}]""", "at least 8")]
    [InlineData("http-read", """[{"username":"u"}]""", "password")]
    [InlineData("http-write", """[{"username":"u","password":"p","port":65536}]""", "port")]
    [InlineData("netconf", """[{"netconfPort":"ssh"}]""", "netconfPort must be a port from 1 to 65535, not 'ssh'.")]
    [InlineData("netconf", """[{}]""", "netconfPort is required.")]
    public async Task A_malformed_credential_is_refused(string path, string body, string named)
    {
        Answer refused = await server.PostTextAsync($"{Credentials}/{path}", body);

        Assert.Equal(400, refused.Status);
        Assert.Contains(named, refused.Response["message"]!.ToString(), StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task A_login_that_moves_to_another_scheme_has_the_usual_port_of_that()
    {
        JsonObject created = await server.EndAsync(server.PostTextAsync(
            $"{Credentials}/http-read", """[{"username":"u","password":"p"}]"""));
        string id = created["progress"]!.GetValue<string>();
        Assert.Equal(443, (await ItemAsync("HTTP_READ", id))["port"]!.GetValue<int>());

        await server.EndAsync(server.PutAsync($"{Credentials}/http-read", new { id, secure = false }));
        Assert.Equal(80, (await ItemAsync("HTTP_READ", id))["port"]!.GetValue<int>());
        await server.EndAsync(server.DeleteAsync($"{Credentials}/{id}"));
    }

    [Fact]
    public async Task The_one_site_has_every_credential_and_another_one_is_refused()
    {
        JsonObject created = await server.EndAsync(server.PostTextAsync($"{Credentials}/netconf", """[{"netconfPort":"830"}]"""));
        string id = created["progress"]!.GetValue<string>();
        string site = (await server.GetAsync($"{CampusServer.Catalyst}/site")).Response[0]!["id"]!.GetValue<string>();

        JsonObject assigned = await server.EndAsync(server.PutAsync($"{Credentials}/{id}", new { siteUuids = new[] { site } }));
        Assert.Equal(id, assigned["progress"]!.GetValue<string>());

        Answer refused = await server.PutAsync($"{Credentials}/{id}", new { siteUuids = new[] { "elsewhere" } });
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("there is no site 'elsewhere'", refused.Text, StringComparison.Ordinal);
        ErrorTests.AssertIsError(await server.PutAsync($"{Credentials}/{Guid.NewGuid()}", new { siteUuids = new[] { site } }), 404);
        await server.EndAsync(server.DeleteAsync($"{Credentials}/{id}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?credentialSubType=TELNET")]
    public async Task A_list_without_a_known_subtype_is_refused(string query)
    {
        Assert.Equal(400, (await server.GetAsync(Credentials + query)).Status);
    }

    [SharedFact]
    public async Task Snmp_properties_have_defaults_bounds_and_stay_as_they_were_set()
    {
        JsonNode before = await server.GetBothAsync("/snmp-property", "/snmp-property");
        await server.EndAsync(server.PostTextAsync($"{CampusServer.Catalyst}/snmp-property", """[{"systemPropertyName":"snmp-timeout","intValue":9}]"""));
        JsonNode after = await server.GetBothAsync("/snmp-property", "/snmp-property");

        Assert.Equal(2, Value(before, "snmp-timeout"));
        Assert.Equal((9, 2), (Value(after, "snmp-timeout"), Value(after, "snmp-retry")));
        Assert.Equal(400, (await server.PostTextAsync($"{CampusServer.Catalyst}/snmp-property", """[{"systemPropertyName":"snmp-retry","intValue":11}]""")).Status);
        Assert.Equal(400, (await server.PostTextAsync($"{CampusServer.Catalyst}/snmp-property", """[{"systemPropertyName":"snmp-color","intValue":1}]""")).Status);
        await server.EndAsync(server.PostTextAsync($"{CampusServer.Catalyst}/snmp-property", """[{"systemPropertyName":"snmp-timeout","intValue":2}]"""));
    }

    private async Task<JsonNode> ItemAsync(string subType, string id) => Assert.Single(
        (await server.GetBothAsync("/global-credential", $"/global-credential?credentialSubType={subType}")).AsArray(), item =>
            item!["id"]!.ToString() == id)!;

    private static int Value(JsonNode properties, string name) =>
        Assert.Single(properties.AsArray(), property => property!["systemPropertyName"]!.ToString() == name)!["intValue"]!.GetValue<int>();

    /// <summary>The database is open, and stays so.</summary>
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var octets = new MemoryStream();
        await stream.CopyToAsync(octets);
        return octets.ToArray();
    }
}
