using System.Text.Json.Nodes;
using Towpath.Network;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class SearchTests(CampusServer server)
{
    [Theory]
    [InlineData("campus-dist1", "device hostname CAMPUS-Dist1")]
    [InlineData("10.255.1.5", "device managementIpAddress CAMPUS-Dist1")]
    [InlineData("AP7081.059f.19ca", "accessPoint hostname AP7081.059f.19ca")]
    [InlineData("10.1.15.117", "host hostIp 10.1.15.117")]
    [InlineData("to CAMPUS-Access1", "interface description GigabitEthernet5/5")]
    [InlineData("10.1.15.1", "interface ipv4Address Vlan600")]
    public async Task The_first_hit_is_the_thing_of_that_name(string text, string first)
    {
        JsonNode hit = (await HitsAsync(text))[0];
        Assert.Equal(first, $"{hit["kind"]} {hit["field"]} {hit["name"]}");
    }

    [Fact]
    public async Task Hits_lead_to_what_they_name()
    {
        foreach (JsonNode hit in await HitsAsync("CAMPUS-"))
        {
            string id = hit["kind"]!.GetValue<string>() == "interface" ? $"interface/{hit["id"]}" : $"network-device/{hit["deviceId"]}";
            Assert.Equal(200, (await server.GetAsync($"{CampusServer.Catalyst}/{id}")).Status);
        }
        JsonNode host = (await HitsAsync("10.1.15.117"))[0];
        Assert.Equal("10.1.15.117",
            (await server.GetAsync($"{CampusServer.Catalyst}/host/{host["id"]}")).Response["hostIp"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_prefix_finds_the_addresses_in_it_and_a_page_is_a_part_of_the_hits()
    {
        JsonNode[] hits = await HitsAsync("10.1.15.0/24");
        Assert.Contains(hits, hit => hit["name"]!.GetValue<string>() == "10.1.15.117");
        Assert.All(hits, hit => Assert.StartsWith("10.1.15.", hit["value"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(hits[1].ToJsonString(), Assert.Single(await HitsAsync("10.1.15.0/24&offset=2&limit=1")).ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=x")]
    [InlineData("?q=%20%20x%20")]
    public async Task Too_short_a_text_is_refused(string query)
    {
        Answer refused = await server.GetAsync($"/api/v1/search{query}");
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("q must have 2 to 200 characters", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:5e:00:53:0a", "Whole")]
    [InlineData("0000.5E00.530A", "Whole")]
    [InlineData("00-00-5e", "Start")]
    [InlineData("530a", "Part")]
    [InlineData("53a", "None")]
    [InlineData("cafe", "None")]
    [InlineData("core", "None")]
    [InlineData("0.0.5.3", "None")] // an address, whatever its digits are
    public void A_mac_address_is_found_by_its_digits(string text, string rank) =>
        Assert.Equal(rank, $"{new SearchTerm(text).Of(MacAddress.Parse("00:00:5e:00:53:0a"))}");

    [Fact]
    public void An_address_finds_itself_alone()
    {
        var term = new SearchTerm("10.1.1.1");
        Assert.Equal(SearchRank.Whole, term.Of(Ipv4Address.Parse("10.1.1.1")));
        Assert.Equal(SearchRank.None, term.Of(Ipv4Address.Parse("10.1.1.10")));
        Assert.Equal(SearchRank.Part, term.Of("to 10.1.1.1"));
        Assert.Equal(SearchRank.Start, new SearchTerm("10.1").Of(Ipv4Address.Parse("10.1.1.10")));
        Assert.Equal(SearchRank.None, new SearchTerm("0.0").Of(default(Ipv4Address)));
    }

    private async Task<JsonNode[]> HitsAsync(string query)
    {
        Answer answer = await server.GetAsync($"{CampusServer.Catalyst}/search?q={query.Replace(" ", "%20", StringComparison.Ordinal)}");
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Response.AsArray().Select(hit => hit!)];
    }
}
