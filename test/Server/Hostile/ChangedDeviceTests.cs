using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>Devices that restart, number their interfaces anew or share their names.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class ChangedDeviceTests(HostileServer server)
{
    private static readonly ObjectIdentifier s_sysUpTime = ObjectIdentifier.Parse("1.3.6.1.2.1.1.3.0");
    private static readonly ObjectIdentifier s_sysName = ObjectIdentifier.Parse("1.3.6.1.2.1.1.5.0");
    private static readonly ObjectIdentifier s_ifDescr = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.2");

    [Fact]
    public async Task A_restart_in_the_middle_of_the_walk_begins_it_again()
    {
        int walks = 0;
        Found found = await server.DiscoverViewAsync(80, view => new TwistedView(view)
        {
            Value = cell => cell.Oid.Equals(s_sysUpTime) ? SnmpValue.TimeTicks(walks == 0 ? 9_000_000u : 600) : cell.Value,
            Next = asked =>
            {
                if (asked.Equals(s_ifDescr)) walks++;
                return null;
            },
        });

        Assert.Equal(("Managed", ""), (found.Outcome, found.Reason));
        Assert.Equal(2, walks);
        Assert.Equal(TimeSpan.FromSeconds(6), server.SnapshotAt(found.Address).SysUpTime);
    }

    [Fact]
    public async Task A_device_that_restarts_in_every_walk_is_not_collected()
    {
        uint uptime = 900_000_000;
        Found found = await server.DiscoverViewAsync(81, view => new TwistedView(view)
        {
            Value = cell => cell.Oid.Equals(s_sysUpTime) ? SnmpValue.TimeTicks(uptime -= 1_000_000) : cell.Value,
        });

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "restarted during each of 2 walks", "Collect it again when it stays up");
    }

    [Fact]
    public async Task Interfaces_numbered_anew_keep_their_links_by_name()
    {
        Ipv4Address left = Ipv4Address.Parse("10.77.2.1");
        Found found;
        string[] before;
        await using (Host(SmallSwitches.Pair(firstIndex: 1)))
        {
            found = await server.DiscoverAsync("10.77.2.1-10.77.2.2", left);
            before = await LinksAsync();
        }
        Assert.Equal(["left GigabitEthernet0/2 - right GigabitEthernet0/3"], before);
        Assert.Equal(2, IndexOf(left, "GigabitEthernet0/2"));

        await using (Host(SmallSwitches.Pair(firstIndex: 2_001))) await server.AgainAsync(found);

        Assert.Equal(before, await LinksAsync());
        Assert.Equal(2_002, IndexOf(left, "GigabitEthernet0/2"));
        Assert.Equal(5, server.SnapshotAt(left).Interfaces.Length);
    }

    [Fact]
    public async Task Devices_of_one_name_or_none_are_never_merged()
    {
        await NamedAsync(82, "twin", "twin");
        await NamedAsync(83, "twin", "twin");
        await NamedAsync(84, "", "10.77.1.84");
        await NamedAsync(85, "", "10.77.1.85");
        await NamedAsync(86, new string('n', 4_096), new string('n', 255));
        await NamedAsync(87, new string('n', 4_096), new string('n', 255));

        Assert.Equal(6, new HashSet<string>(await Task.WhenAll(Enumerable.Range(82, 6)
            .Select(async number => Text((await server.DeviceAtAsync(HostileAgents.Address(number)))!, "id")))).Count);
    }

    [Fact]
    public async Task A_name_that_does_not_fit_into_an_answer_is_left_out()
    {
        Found found = await server.DiscoverViewAsync(88, view => Named(view, new string('n', 4_096)));

        Assert.Equal(("Managed", "10.77.1.88"), (found.Outcome, Text(found.Device!, "hostname")));
    }

    private async Task NamedAsync(int number, string sysName, string shown)
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(number), view => Named(view, sysName), maxResponse: 16_384);
        Found found = await server.DiscoverAsync(number, request => AgentOnLoopback.Answer(agent, request));

        Assert.Equal(("Managed", shown), (found.Outcome, Text(found.Device!, "hostname")));
    }

    private static TwistedView Named(IMibView view, string sysName) =>
        new(view) { Value = cell => cell.Oid.Equals(s_sysName) ? SnmpValue.Text(sysName) : cell.Value };

    private AgentHost Host(SimulatedNetwork network) => AgentHost.Start(network.Devices, new AgentHostOptions { Port = server.Port });

    private long IndexOf(Ipv4Address device, string name) =>
        Assert.Single(server.SnapshotAt(device).Interfaces, port => port.Name == name).Index.Value;

    /// <summary>Of the pair, as the topology shows them.</summary>
    private async Task<string[]> LinksAsync()
    {
        JsonNode graph = await server.OkAsync($"{CampusServer.Catalyst}/topology/physical-topology");
        var names = graph["nodes"]!.AsArray().ToDictionary(node => Text(node!, "id"), node => Text(node!, "label"));
        return [.. graph["links"]!.AsArray()
            .Select(link => (From: $"{names[Text(link!, "source")]} {Text(link!, "startPortName")}",
                To: $"{names[Text(link!, "target")]} {Text(link!, "endPortName")}"))
            .Where(link => link.From.StartsWith("left ", StringComparison.Ordinal)
                || link.From.StartsWith("right ", StringComparison.Ordinal))
            .Select(link => string.Join(" - ", new[] { link.From, link.To }.Order(StringComparer.Ordinal)))];
    }

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";
}
