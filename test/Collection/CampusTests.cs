using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Xunit.Abstractions;

namespace Towpath.Collection.Tests;

/// <summary>The simulated campus, asked over real packets on loopback.</summary>
public sealed class CampusTests : IAsyncDisposable
{
    private static readonly DeviceCredential s_v2c = new DeviceCredential.SnmpV2c("public");
    private static readonly DeviceCredential s_v3 = new DeviceCredential.SnmpV3(
        "towpath", AuthenticationProtocol.Sha256, "towpath-auth-demo", PrivacyProtocol.Aes128, "towpath-priv-demo");

    private readonly SimulatedNetwork _campus = new(DemoCampus.Load(), TimeProvider.System);
    private readonly AgentHostOptions _options = new() { Port = FreePort() };
    private readonly AgentHost _agents;
    private readonly SnmpEngine _engine = new(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });

    private readonly ITestOutputHelper _output;

    public CampusTests(ITestOutputHelper output) => (_output, _agents) = (output, AgentHost.Start(_campus.Devices, _options));

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _agents.DisposeAsync();
    }

    [Fact]
    public async Task Every_device_of_the_campus_is_collected_whole()
    {
        foreach (SimulatedDevice device in _campus.Devices)
        {
            DeviceSnapshot snapshot = await CollectAsync(device, s_v2c);
            Assert.Equal(device.Name, snapshot.Identity.SysName.Split('.')[0]);
            Assert.All([snapshot.Identity.SerialNumber, snapshot.Identity.Model, snapshot.Identity.SoftwareType,
                snapshot.Identity.SoftwareVersion], Assert.NotNull);
            Assert.True(snapshot.Identity.MemoryBytes > 0);
            Assert.All(snapshot.Readings,
                reading => Assert.True(reading.Outcome == ReadingOutcome.NotServed || reading.Reason is null, $"{device.Name} {reading}"));

            // Counted in the agent's own view, without SNMP.
            Assert.Equal(RowsOf(device, "", "1.3.6.1.2.1.2.2.1.2"), snapshot.Interfaces.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.2.1.4.24.7.1.7"),
                snapshot.Routes.Count(route => route.Source == Route.InetCidrRouteTable));
            Assert.Equal(RowsOf(device, "", "1.3.6.1.2.1.4.24.4.1.5"),
                snapshot.Routes.Count(route => route.Source == Route.IpCidrRouteTable));
            Assert.Equal(RowsOf(device, "", "1.3.6.1.2.1.4.21.1.2"), snapshot.Routes.Count(route => route.Source == Route.IpRouteTable));
            Assert.Equal(RowsOf(device, "", "1.0.8802.1.1.2.1.4.1.1.5"), snapshot.LldpNeighbors.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.4.1.9.9.23.1.2.1.1.6"), snapshot.CdpNeighbors.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.4.1.14179.2.2.1.1.3"), snapshot.AccessPoints.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.4.1.14179.2.1.4.1.2"), snapshot.WirelessStations.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.4.1.14179.1.2.13.1.2"), snapshot.ControllerInterfaces.Length);
            Assert.Equal(RowsOf(device, "", "1.3.6.1.4.1.9.9.387.1.7.8.1.3"), snapshot.TopFlows.Length);
            Assert.All(snapshot.Vlans.Where(vlan => device.View($"vlan-{vlan.Id}") is not null), vlan =>
                Assert.Equal(RowsOf(device, $"vlan-{vlan.Id}", "1.3.6.1.2.1.17.4.3.1.2"),
                    snapshot.Fdb.Count(entry => entry.Vlan == vlan.Id && entry.Source == FdbEntry.Dot1dTpFdbTable)));
            Assert.All(snapshot.LldpNeighbors, neighbor => Assert.False(neighbor.LocalPort.IsNone));
            Assert.All(snapshot.Fdb.Where(entry => entry.Status == FdbStatus.Learned), entry => Assert.False(entry.Interface.IsNone));
        }
    }

    [Fact]
    public async Task SNMPv3_with_its_contexts_tells_the_same_as_v2c_with_its_communities_and_the_engine_id()
    {
        HashSet<string?> engines = [];
        foreach (SimulatedDevice device in _campus.Devices)
        {
            DeviceSnapshot v2c = Still(await CollectAsync(device, s_v2c)), v3 = Still(await CollectAsync(device, s_v3));
            Assert.Null(v2c.Identity.EngineId);
            Assert.StartsWith("80001f8805", v3.Identity.EngineId, StringComparison.Ordinal);
            Assert.True(engines.Add(v3.Identity.EngineId));
            v3 = v3 with { Identity = v3.Identity with { EngineId = null } };
            Assert.True(SnapshotCodec.Digest(v2c).AsSpan().SequenceEqual(SnapshotCodec.Digest(v3)), device.Name);
        }

        static DeviceSnapshot Still(DeviceSnapshot snapshot) => // counters of flows move on
            snapshot with { TopFlows = [.. snapshot.TopFlows.Select(flow => flow with { Packets = 0, Octets = 0 })] };
    }

    [Fact]
    public async Task Every_device_tells_its_load_and_its_counters_live()
    {
        var reader = new StatisticsReader(new SnmpAccess(_engine.Open), TimeProvider.System);
        foreach (SimulatedDevice device in _campus.Devices)
        {
            DeviceAccess access = AccessTo(device, s_v2c);
            DeviceStatistics load = await reader.ReadDeviceAsync(access, CancellationToken.None);
            Assert.Null(load.FailureReason);
            Assert.InRange(load.Memory!.UsedBytes, 1, load.Memory.TotalBytes);

            DeviceSnapshot snapshot = await CollectAsync(device, s_v2c);
            IReadOnlyList<InterfaceReading> readings = await reader.ReadInterfacesAsync(access,
                [.. snapshot.Interfaces.Select(one => one.Index)], CancellationToken.None);
            Assert.All(readings.Zip(snapshot.Interfaces), pair =>
            {
                Assert.Null(pair.First.FailureReason);
                Assert.Equal((pair.Second.AdminUp, pair.Second.OperUp), (pair.First.Statistics!.AdminUp, pair.First.Statistics.OperUp));
            });
        }
    }

    [Fact]
    public async Task Collecting_an_unchanged_device_twice_changes_nothing()
    {
        foreach (SimulatedDevice device in _campus.Devices)
        {
            DeviceSnapshot first = await CollectAsync(device, s_v2c), second = await CollectAsync(device, s_v2c);
            Assert.True(SnapshotCodec.Digest(first).AsSpan().SequenceEqual(SnapshotCodec.Digest(second)), device.Name);
        }
    }

    [Fact]
    public async Task Counters_of_all_interfaces_are_some_more_packets_a_device()
    {
        var collector = new DeviceCollector(new SnmpAccess(_engine.Open), TimeProvider.System);
        var cost = new StringBuilder("device | interfaces | packets for the facts | for the counters\n");
        long facts = 0, counters = 0;
        foreach (SimulatedDevice device in _campus.Devices)
        {
            DeviceAccess access = AccessTo(device, s_v2c);
            DeviceSnapshot whole = (await collector.CollectAsync(access, CancellationToken.None)).Snapshot!;
            long before = Packets();
            var again = new Again(whole, new HashSet<CollectionTier> { CollectionTier.Learned }, null);
            CollectionResult told = await collector.CollectAgainAsync(access, again, CancellationToken.None);
            long all = Packets() - before;

            before = Packets();
            ISnmpSession session = new SnmpAccess(_engine.Open).Open(access);
            var run = new CollectionRun(session, TimeProvider.System, CollectionLimits.Default, new SlowTables(TimeProvider.System));
            run.Draft.Of(Interface.Layout).AddRange(whole.Interfaces);
            CountersReading alone = (await IfCounters.ReadAsync(run, CancellationToken.None))!;
            long some = Packets() - before;
            Assert.Equal(alone.Interfaces.Length, told.Counters!.Interfaces.Length);
            cost.AppendLine(CultureInfo.InvariantCulture, $"{device.Name} | {whole.Interfaces.Length} | {all - some} | {some}");
            (facts, counters) = (facts + all - some, counters + some);
            // 8 variables an interface in answers of 1,400 octets, and the ends of two tables.
            Assert.InRange(some, 2, 4 + whole.Interfaces.Length / 4);
        }
        cost.AppendLine(CultureInfo.InvariantCulture, $"all | | {facts} | {counters}");
        _output.WriteLine(cost.ToString()); // for docs/collection.md
        Assert.True(counters < facts, "A reading of what packets change is not doubled by them.");

        long Packets() => _engine.Statistics.Sent - _engine.Statistics.Retransmissions;
    }

    private async Task<DeviceSnapshot> CollectAsync(SimulatedDevice device, DeviceCredential credential)
    {
        CollectionResult result = await new DeviceCollector(new SnmpAccess(_engine.Open), TimeProvider.System)
            .CollectAsync(AccessTo(device, credential), CancellationToken.None);
        Assert.Null(result.Reason);
        return result.Snapshot!;
    }

    private DeviceAccess AccessTo(SimulatedDevice device, DeviceCredential credential) =>
        new(_options.MapAddress(device.Addresses[0]), credential) { SnmpPort = _options.Port };

    private static int RowsOf(SimulatedDevice device, string context, string column)
    {
        ObjectIdentifier root = ObjectIdentifier.Parse(column);
        IMibView view = device.View(context)!;
        int rows = 0;
        for (ObjectIdentifier at = root; view.TryGetNext(at.SubIdentifiers, out VarBind next)
            && root.IsPrefixOf(next.Oid.SubIdentifiers); at = next.Oid)
            rows++;
        return rows;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
