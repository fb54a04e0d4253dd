using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

/// <summary>The demo campus as its agents tell it: simulated devices on loopback, read over SNMP, indexed.</summary>
public sealed class CollectedCampus : IAsyncLifetime
{
    /// <summary>The description that comes with the program, as text.</summary>
    public static string Description { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "src", "Simulator", "Campus", "campus.json"));

    public NetworkSnapshot Network { get; private set; } = NetworkSnapshot.Empty;

    /// <summary>Every end station's address.</summary>
    public IReadOnlyList<string> Hosts { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Network = await CollectAsync(Description);
        Hosts = [.. JsonNode.Parse(Description)!["hosts"]!.AsArray().Select(host => host!["address"]!.GetValue<string>().Split('/')[0])];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>
    /// Simulates the described network, reads every device that is not hidden by its management address, and indexes what they say.
    /// </summary>
    public static async Task<NetworkSnapshot> CollectAsync(string description)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var simulated = new SimulatedNetwork(NetworkDescription.Parse(description), TimeProvider.System);
        await using AgentHost agents = AgentHost.Start(simulated.Devices, new AgentHostOptions { Port = FreePort() });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        IEnumerable<JsonNode> managed = JsonNode.Parse(description)!["devices"]!.AsArray().Select(device => device!)
            .Where(device => device["hidden"] is null);
        return NetworkSnapshot.Build(await Task.WhenAll(managed.Select(async device =>
        {
            Ipv4Address address = Ipv4Address.Parse(device["managementAddress"]!.GetValue<string>());
            var access = new DeviceAccess(address, new DeviceCredential.SnmpV2c("public"))
            {
                SentTo = AgentHostOptions.ToLoopback(address),
                SnmpPort = agents.Port,
            };
            CollectionResult result = await collector.CollectAsync(access, patience.Token);
            Assert.True(result.Snapshot is not null, $"{device["name"]}: {result.Reason}");
            return new NetworkDevice(new DeviceId(StableId.OfHost(default, address)), address, result.Snapshot);
        })));
    }

    internal static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
