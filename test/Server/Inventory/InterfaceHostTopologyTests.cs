using System.Text;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class InterfaceHostTopologyTests(CampusServer server)
{
    [SharedFact]
    public async Task A_devices_interfaces_are_listed_counted_paged_and_found()
    {
        string device = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        JsonArray all = (await server.GetBothAsync("/interface/network-device/{deviceId}", $"/interface/network-device/{device}"))
            .AsArray();

        Assert.Equal(all.Count,
            (await server.GetBothAsync("/interface/network-device/{deviceId}/count", $"/interface/network-device/{device}/count"))
            .GetValue<int>());
        JsonArray page = (await server.GetBothAsync("/interface/network-device/{deviceId}/{startIndex}/{recordsToReturn}",
            $"/interface/network-device/{device}/3/2")).AsArray();
        Assert.Equal(all.Skip(2).Take(2).Select(port => Text(port!, "id")), page.Select(port => Text(port!, "id")));

        JsonNode svi = await server.GetBothAsync("/interface/network-device/{deviceId}/interface-name",
            $"/interface/network-device/{device}/interface-name?name=Vlan600");
        Assert.Equal(("10.1.15.1", "255.255.255.0", "600", "Ethernet SVI", "up", "UP"),
            (Text(svi, "ipv4Address"), Text(svi, "ipv4Mask"), Text(svi, "vlanId"), Text(svi, "portType"), Text(svi, "status"),
                Text(svi, "adminStatus")));
        Assert.True(JsonNode.DeepEquals(svi, (await server.GetAsync($"{CampusServer.Catalyst}/interface/{Text(svi, "id")}")).Response));
        Assert.True(JsonNode.DeepEquals(svi,
            Assert.Single((await server.GetBothAsync("/interface/ip-address/{ipAddress}", "/interface/ip-address/10.1.15.1")).AsArray())));

        JsonNode trunk = Assert.Single(all, port => Text(port!, "portName") == "GigabitEthernet5/5")!;
        Assert.Equal(("trunk", "to CAMPUS-Access1", "Ethernet Port", "1000000"),
            (Text(trunk, "portMode"), Text(trunk, "description"), Text(trunk, "portType"), Text(trunk, "speed")));
        JsonNode routed = Assert.Single(all, port => Text(port!, "portName") == "TenGigabitEthernet3/1")!;
        Assert.Equal(("routed", "true"), (Text(routed, "portMode"), Text(routed, "ospfSupport")));
    }

    [SharedFact]
    public async Task The_list_of_all_interfaces_is_the_devices_lists_one_after_the_other()
    {
        int count = (await server.GetBothAsync("/interface/count", "/interface/count")).GetValue<int>();
        List<string> ids = [];
        for (int offset = 1; offset <= count; offset += 100)
            ids.AddRange((await server.GetBothAsync("/interface", $"/interface?offset={offset}&limit=100")).AsArray()
                .Select(port => Text(port!, "id")));

        Assert.Equal(count, ids.Distinct().Count());
        Assert.Equal(400, (await server.GetAsync($"{CampusServer.Catalyst}/interface?limit=501")).Status);
        Assert.Equal(404, (await server.GetAsync($"{CampusServer.Catalyst}/interface/{Guid.NewGuid()}")).Status);
        Assert.Equal(404, (await server.GetAsync($"{CampusServer.Catalyst}/interface/network-device/{Guid.NewGuid()}")).Status);
        Assert.Empty((await server.GetAsync($"{CampusServer.Catalyst}/interface/ip-address/192.0.2.1")).Response.AsArray());
    }

    [Fact]
    public async Task Hosts_hang_where_the_campus_says()
    {
        JsonArray hosts = (await server.GetAsync("/api/v1/host")).Response.AsArray();

        var text = new StringBuilder();
        foreach (JsonNode? host in hosts)
        {
            text.AppendJoin(" | ",
                new[] { "hostIp", "hostMac", "hostType", "vlanId", "connectedNetworkDeviceIpAddress", "connectedInterfaceName",
                "connectedAPName" }
                .Select(name => Text(host!, name)).Select(value => value.Length == 0 ? "-" : value)).Append('\n');
        }
        Golden.Match("inventory/campus-hosts.txt", text.ToString());
        Assert.Equal(hosts.Count, (await server.GetAsync($"{CampusServer.Catalyst}/host/count")).Response.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(hosts[0],
            (await server.GetAsync($"{CampusServer.Catalyst}/host/{Text(hosts[0]!, "id")}")).Response));
        Assert.Equal(404, (await server.GetAsync($"{CampusServer.Catalyst}/host/{Guid.NewGuid()}")).Status);
    }

    [Theory]
    [InlineData("hostIp=10.1.15.117", "10.1.15.117")]
    [InlineData("hostType=wireless", "10.1.15.117,10.1.15.118")]
    [InlineData("hostIp=10.2.&filterOperation=startswith", "10.2.1.22,10.2.1.23")]
    [InlineData("hostIp=.22&filterOperation=endswith", "10.2.1.22")]
    [InlineData("hostMac=d7:43&filterOperation=contains", "10.1.15.117")]
    [InlineData("connectedNetworkDeviceIpAddress=10.2.1.17&sortBy=hostIp&order=dsc", "10.2.1.23,10.2.1.22")]
    [InlineData("hostType=wireless&limit=1&offset=2", "10.1.15.118")]
    [InlineData("hostName=anybody", "")]
    public async Task Hosts_are_filtered_sorted_and_paged(string query, string expected)
    {
        Answer answer = await server.GetAsync($"/api/v1/host?{query}");

        Assert.Equal(expected, string.Join(',', answer.Response.AsArray().Select(host => Text(host!, "hostIp"))));
    }

    [SharedFact]
    public async Task The_topology_shows_devices_hosts_clouds_and_every_cable()
    {
        JsonNode graph = await server.GetBothAsync("/topology/physical-topology", "/topology/physical-topology");
        Dictionary<string, string> labels = graph["nodes"]!.AsArray().ToDictionary(node => Text(node!, "id"), node => Text(node!, "label"));

        IEnumerable<string> nodes = graph["nodes"]!.AsArray()
            .Select(node => $"{Text(node!, "nodeType")} {Text(node!, "label")} ({Text(node!, "role")})");
        IEnumerable<string> links = graph["links"]!.AsArray().Select(link =>
            string.Join(" -- ", new[] { $"{labels[Text(link!, "source")]} {Text(link!, "startPortName")}",
                $"{labels[Text(link!, "target")]} {Text(link!, "endPortName")}" }
                .Select(end => end.Trim()).Order(StringComparer.Ordinal)));
        Golden.Match("inventory/campus-topology.txt", string.Join('\n', [.. nodes, "", .. links.Order(StringComparer.Ordinal), ""]));

        JsonNode devicesOnly = await server.GetBothAsync("/topology/physical-topology", "/topology/physical-topology?nodeType=device");
        Assert.All(devicesOnly["nodes"]!.AsArray(), node => Assert.Equal("device", Text(node!, "nodeType")));
        Assert.Contains("Vlan600",
            (await server.GetBothAsync("/topology/vlan/vlan-names", "/topology/vlan/vlan-names")).AsArray()
            .Select(name => name!.ToString()));
    }

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";
}
