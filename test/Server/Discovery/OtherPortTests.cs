using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Server.Tests;

/// <summary>Two agents that answer at two ports, of which the server knows one.</summary>
public sealed class OtherPortTests : TestServer
{
    private const string Here = "10.1.12.1", There = "10.1.10.1";
    private AgentHost? _here;
    private AgentHost? _there;

    [Fact]
    public async Task A_device_at_another_port_is_found_where_that_is_said_and_read_there_ever_after()
    {
        JsonNode usual = await DiscoverAsync("usual", null);
        JsonNode said = await DiscoverAsync("said", _there!.Port);

        Assert.Equal(1, usual["numDevices"]!.GetValue<int>());
        Assert.Equal(1, said["numDevices"]!.GetValue<int>());
        Assert.Null(usual["snmpPort"]);
        Assert.Equal(_there.Port, said["snmpPort"]!.GetValue<int>());

        // The second discovery asked the first device at a port of no concern to it: that is no loss of the device.
        JsonArray devices = (await GetAsync($"{CampusServer.Catalyst}/network-device")).Response.AsArray();
        Assert.Equal([(There, "Reachable"), (Here, "Reachable")], devices.Select(State).Order());
        foreach (JsonNode? device in devices)
        {
            JsonObject synced = await EndAsync(PutAsync($"{CampusServer.Catalyst}/network-device/sync", new[] { device!["id"] }));
            Assert.False(synced["isError"]!.GetValue<bool>(), synced.ToJsonString());
        }
    }

    [Fact]
    public async Task A_device_is_added_at_the_port_that_is_said()
    {
        object Input(int? port) => new
        {
            ipAddress = new[] { There }, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 0, snmpTimeout = 1, snmpPort = port,
        };
        JsonObject silent = await EndAsync(PostAsync($"{CampusServer.Catalyst}/network-device", Input(null)));
        Assert.Contains($":{_here!.Port})", silent["failureReason"]!.GetValue<string>(), StringComparison.Ordinal);

        JsonObject added = await EndAsync(PostAsync($"{CampusServer.Catalyst}/network-device", Input(_there!.Port)));
        Assert.False(added["isError"]!.GetValue<bool>(), added.ToJsonString());
    }

    protected override TowpathServerOptions Configure(TowpathServerOptions options)
    {
        SimulatedNetwork campus = CampusServer.Campus();
        _here = CampusServer.StartAgents([Owner(Here)]);
        _there = CampusServer.StartAgents([Owner(There)]);
        return options with { SnmpPort = _here.Port, AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };

        SimulatedDevice Owner(string address) => campus.Devices.Single(device => device.Addresses.Contains(Ipv4Address.Parse(address)));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (AgentHost? agents in new[] { _here, _there })
        {
            if (agents is not null) await agents.DisposeAsync();
        }
    }

    private static (string Address, string State) State(JsonNode? device) =>
        (device!["managementIpAddress"]!.GetValue<string>(), device["reachabilityStatus"]!.GetValue<string>());

    private async Task<JsonNode> DiscoverAsync(string name, int? port)
    {
        JsonObject made = await EndAsync(PostAsync($"{CampusServer.Catalyst}/discovery", new
        {
            name, discoveryType = "Multi Range", ipAddressList = $"{Here}-{Here},{There}-{There}", snmpVersion = "v2",
            snmpROCommunity = "public", timeout = 1, retry = 0, snmpPort = port,
        }));
        Assert.False(made["isError"]!.GetValue<bool>(), made.ToJsonString());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonNode discovery = (await GetAsync($"{CampusServer.Catalyst}/discovery/{made["progress"]}")).Response;
            if (discovery["discoveryCondition"]!.GetValue<string>() is "Complete") return discovery;
            await Task.Delay(20, patience.Token); // a discovery's end is seen by asking, as every client does
        }
    }
}
