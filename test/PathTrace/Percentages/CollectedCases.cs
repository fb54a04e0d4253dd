using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// The networks of <c>test/PathTrace/Cases</c> as their agents tell them: made-up walks on loopback, read over SNMP. Each stands for a kind
/// that people have reported; <c>ways.txt</c> says what is right.
/// </summary>
public sealed class CollectedCases : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "test", "PathTrace", "Cases");

    internal IReadOnlyList<Variant> Variants { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var networks = new Dictionary<string, NetworkSnapshot>();
        foreach (string folder in Directory.GetDirectories(s_folder).Order(StringComparer.Ordinal))
            networks.Add(Path.GetFileName(folder), await CollectAsync(folder));
        Variants = [.. File.ReadLines(Path.Combine(s_folder, "ways.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)).Select(cells =>
                new Variant("the cases", cells[0], () => networks[cells[0]], cells[1], cells[2], cells[3].Split(" | ")))];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<NetworkSnapshot> CollectAsync(string folder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var devices = RecordedWalks.FromFolder(folder);
        await using AgentHost agents = AgentHost.Start(devices, new AgentHostOptions { Port = CollectedCampus.FreePort() });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        return NetworkSnapshot.Build(await Task.WhenAll(devices.Select(async device =>
        {
            Ipv4Address address = device.Addresses[0];
            var access = new DeviceAccess(address, new DeviceCredential.SnmpV2c("public"))
            {
                SentTo = AgentHostOptions.ToLoopback(address),
                SnmpPort = agents.Port,
            };
            CollectionResult result = await collector.CollectAsync(access, patience.Token);
            Assert.True(result.Snapshot is not null, $"{device.Name}: {result.Reason}");
            return new NetworkDevice(new DeviceId(StableId.OfHost(default, address)), address, result.Snapshot);
        })));
    }
}
