using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>Words and numbers of a discovery, as the scripts of all releases write them.</summary>
[Collection(CampusInventory.Name)]
public sealed class DiscoveryWordsTests(CampusServer server)
{
    private const string Discoveries = CampusServer.Catalyst + "/discovery";

    [Theory]
    [InlineData("auto cdp discovery", "CDP")]
    [InlineData("AUTO LLDP DISCOVERY", "LLDP")]
    [InlineData("single", "Single")]
    [InlineData("RANGE", "Range")]
    [InlineData("multi range", "Multi Range")]
    [InlineData("cidr", "CIDR")]
    public async Task The_words_of_APIC_EM_are_understood_in_any_case(string sent, string shown)
    {
        string address = shown == "CIDR" ? "10.1.99.9/32" : "10.1.99.9";
        string id = await CreateAsync($$"""
            {"name":"words {{sent}}","discoveryType":"{{sent}}","ipAddressList":"{{address}}","snmpVersion":2,"snmpROCommunity":"public",
             "timeout":"1","retry":0,"cdpLevel":0,"lldpLevel":0}
            """);
        JsonNode made = (await server.GetAsync($"{Discoveries}/{id}")).Response;
        Assert.Equal(shown, made["discoveryType"]!.GetValue<string>());

        // A start says again what was asked, in whichever words.
        Answer again = await server.PutAsync(Discoveries, new { id, discoveryStatus = "Inactive", discoveryType = sent });
        Assert.True(again.Status == 202, again.Text);
        await server.EndAsync(server.DeleteAsync($"{Discoveries}/{id}"));
    }

    [Theory]
    [InlineData("auto single discovery")]
    [InlineData("auto discovery")]
    [InlineData("CDP LLDP")]
    public async Task Other_words_are_refused(string sent)
    {
        Answer refused = await PreviewAsync($$"""{"discoveryType":"{{sent}}"}""");
        Assert.Equal(400, refused.Status);
        Assert.Contains($"discoveryType must be one of Single, Range, Multi Range, CIDR, CDP, LLDP, not '{sent}'", refused.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 200)]
    [InlineData("120", 200)]
    [InlineData("\"300\"", 200)]
    [InlineData("0", 400)]
    [InlineData("301", 400)]
    public async Task A_timeout_has_one_range_for_a_discovery_a_device_and_the_property(string seconds, int status)
    {
        Assert.Equal(status, (await PreviewAsync($$"""{"timeout":{{seconds}}}""")).Status);
        Assert.Equal(status, (await PreviewAsync($$"""{"timeOut":{{seconds}}}""")).Status);
        // Another problem keeps a device that is right from being asked.
        Answer device = await server.PostTextAsync($"{CampusServer.Catalyst}/network-device",
            $$"""{"ipAddress":["none"],"snmpROCommunity":"public","snmpTimeout":{{seconds}}}""");
        Assert.Equal(status == 400, device.Text.Contains("snmpTimeout must be a number from 1 to 300", StringComparison.Ordinal));
        Answer property = await server.PostTextAsync($"{CampusServer.Catalyst}/snmp-property",
            $$"""[{"systemPropertyName":"snmp-timeout","intValue":{{seconds}}},{"systemPropertyName":"none","intValue":1}]""");
        Assert.Equal(status == 400, property.Text.Contains("intValue must be a number from 1 to 300", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"2c\"")]
    [InlineData("\"V2C\"")]
    public async Task An_SNMP_version_may_be_its_number_alone(string version)
    {
        Assert.Equal(200, (await PreviewAsync($$"""{"snmpVersion":{{version}}}""")).Status);
        Answer device = await server.PostTextAsync($"{CampusServer.Catalyst}/network-device",
            $$"""{"ipAddress":["none"],"snmpROCommunity":"public","snmpVersion":{{version}}}""");
        Assert.DoesNotContain("snmpVersion", device.Text, StringComparison.Ordinal);
        Answer refused = await PreviewAsync("""{"snmpVersion":4}""");
        Assert.Contains("snmpVersion must be v2 or v3, not '4'", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_may_hold_numbers()
    {
        Assert.Equal(200, (await PreviewAsync("""{"passwordList":[12345],"enablePasswordList":6789,"userNameList":["admin",1]}""")).Status);
        Assert.Equal(400, (await PreviewAsync("""{"passwordList":[true]}""")).Status);
    }

    [Fact]
    public async Task Retries_that_are_not_named_are_the_propertys()
    {
        const int More = 2; // for a single address, which is expected to answer
        Assert.Equal(1 + 2 + More, await DatagramsAsync());
        await SetRetriesAsync(4);
        try
        {
            Assert.Equal(1 + 4 + More, await DatagramsAsync());
            Assert.Equal(1 + More, await DatagramsAsync("""{"retry":0}"""));
        }
        finally
        {
            await SetRetriesAsync(2);
        }
    }

    private Task<JsonObject> SetRetriesAsync(int retries) => server.EndAsync(server.PostAsync(
        $"{CampusServer.Catalyst}/snmp-property", new[] { new { systemPropertyName = "snmp-retry", intValue = retries } }));

    private async Task<int> DatagramsAsync(string changes = "{}") =>
        (await PreviewAsync(changes)).Response["datagramCount"]!.GetValue<int>();

    /// <summary>What a discovery of one address would cost; nothing is sent.</summary>
    private Task<Answer> PreviewAsync(string changes)
    {
        JsonObject body = JsonNode.Parse("""
            {"name":"preview","discoveryType":"Single","ipAddressList":"10.1.99.9","snmpROCommunity":"public"}
            """)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject()) body[name] = value!.DeepClone();
        return server.PostTextAsync($"{Discoveries}/preview", body.ToJsonString());
    }

    private async Task<string> CreateAsync(string body) =>
        (await server.EndAsync(server.PostTextAsync(Discoveries, body)))["progress"]!.GetValue<string>();
}
