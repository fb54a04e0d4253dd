using System.Collections.Immutable;
using System.Text.Json;

namespace Towpath.Network.Tests;

public sealed class SnapshotCodecTests
{
    [Fact]
    public void Any_snapshot_reads_back_as_it_was_written()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DeviceSnapshot snapshot = new ArbitrarySnapshot(seed).Next();
            byte[] encoded = SnapshotCodec.Encode(snapshot);
            DeviceSnapshot decoded = SnapshotCodec.Decode(encoded);
            Assert.True(Json(snapshot) == Json(decoded), $"seed {seed}");
            Assert.True(encoded.AsSpan().SequenceEqual(SnapshotCodec.Encode(decoded)), $"seed {seed}: encoded again, it differs");
        }
    }

    [Fact]
    public void The_digest_is_blind_to_our_times_the_uptime_and_how_much_a_flow_has_carried()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            DeviceSnapshot snapshot = new ArbitrarySnapshot(seed).Next();
            DeviceSnapshot later = snapshot with
            {
                CollectedAt = snapshot.CollectedAt.AddHours(1),
                SysUpTime = snapshot.SysUpTime + TimeSpan.FromHours(1),
                Readings = [.. snapshot.Readings.Select(reading => reading with { ReadAt = reading.ReadAt.AddHours(1) })],
                TopFlows = [.. snapshot.TopFlows.Select(flow => flow with { Packets = flow.Packets + 7, Octets = flow.Octets + 9_000 })],
            };
            Assert.Equal(SnapshotCodec.Digest(snapshot), SnapshotCodec.Digest(later));
            Assert.NotEqual(SnapshotCodec.Encode(snapshot), SnapshotCodec.Encode(later));
        }
    }

    [Fact]
    public void The_digest_sees_a_change_in_every_table()
    {
        DeviceSnapshot full = new ArbitrarySnapshot(7, minimumRows: 1).Next();
        DeviceSnapshot[] changed =
        [
            full with { Identity = full.Identity with { SysName = full.Identity.SysName + "x" } },
            full with { Identity = full.Identity with { MemoryBytes = 77 } },
            full with { Interfaces = full.Interfaces.SetItem(0, full.Interfaces[0] with { OperUp = !full.Interfaces[0].OperUp }) },
            full with { InterfaceStack = full.InterfaceStack.RemoveAt(0) },
            full with { Addresses = full.Addresses.RemoveAt(0) },
            full with { Routes = full.Routes.SetItem(0, full.Routes[0] with { Metric = full.Routes[0].Metric ^ 1 }) },
            full with { Arp = full.Arp.RemoveAt(0) },
            full with { BridgePorts = full.BridgePorts.RemoveAt(0) },
            full with { Fdb = full.Fdb.SetItem(0, full.Fdb[0] with { Interface = new IfIndex(full.Fdb[0].Interface.Value ^ 1) }) },
            full with { StpPorts = full.StpPorts.RemoveAt(0) },
            full with { Vlans = full.Vlans.RemoveAt(0) },
            full with { VlanMembers = full.VlanMembers.SetItem(0, full.VlanMembers[0] with { Tagged = full.VlanMembers[0].Tagged.Add(new VlanId(9)) }) },
            full with { LldpNeighbors = full.LldpNeighbors.SetItem(0, full.LldpNeighbors[0] with { ManagementAddresses = [new Ipv4Address(1)] }) },
            full with { LldpNeighbors = full.LldpNeighbors.SetItem(0, full.LldpNeighbors[0] with { Capabilities = full.LldpNeighbors[0].Capabilities ^ LldpCapabilities.Router }) },
            full with { CdpNeighbors = full.CdpNeighbors.RemoveAt(0) },
            full with { AccessPoints = full.AccessPoints.RemoveAt(0) },
            full with { WirelessStations = full.WirelessStations.SetItem(0, full.WirelessStations[0] with { Associated = !full.WirelessStations[0].Associated }) },
            full with { ControllerInterfaces = full.ControllerInterfaces.RemoveAt(0) },
            full with { TopFlows = full.TopFlows.RemoveAt(0) },
            full with { LagMembers = full.LagMembers.RemoveAt(0) },
            full with { GatewayGroups = full.GatewayGroups.SetItem(0, full.GatewayGroups[0] with { VirtualAddresses = [new Ipv4Address(1)] }) },
            full with { GatewayGroups = full.GatewayGroups.SetItem(0, full.GatewayGroups[0] with { State = (GatewayState)((int)full.GatewayGroups[0].State ^ 1) }) },
            full with { Vrfs = full.Vrfs.RemoveAt(0) },
            full with { VrfInterfaces = full.VrfInterfaces.RemoveAt(0) },
            full with { VrfRoutes = full.VrfRoutes.SetItem(0, full.VrfRoutes[0] with { Vrf = full.VrfRoutes[0].Vrf + "x" }) },
            full with { Tunnels = full.Tunnels.RemoveAt(0) },
            full with { DhcpBindings = full.DhcpBindings.RemoveAt(0) },
            full with { Modules = full.Modules.RemoveAt(0) },
            full with { OspfRouterId = new Ipv4Address(full.OspfRouterId.Bits ^ 1) },
            full with { OspfNeighbors = full.OspfNeighbors.RemoveAt(0) },
            full with { OspfLinkStates = full.OspfLinkStates.SetItem(0, full.OspfLinkStates[0] with { Body = [1, 2, 3] }) },
            full with { Readings = full.Readings.SetItem(0, full.Readings[0] with { Rows = full.Readings[0].Rows ^ 1 }) },
        ];
        var digests = changed.Append(full).Select(snapshot => Convert.ToHexString(SnapshotCodec.Digest(snapshot))).ToHashSet();
        Assert.Equal(changed.Length + 1, digests.Count);
    }

    [Fact]
    public void Damaged_octets_fail_with_the_documented_exception_only()
    {
        byte[] good = SnapshotCodec.Encode(new ArbitrarySnapshot(3, minimumRows: 1).Next());
        int failed = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. good];
            for (int flips = random.Next(1, 5); flips > 0; flips--) bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0) bad = bad[..random.Next(bad.Length)];
            if (random.Next(10) == 0) random.NextBytes(bad);
            try
            {
                SnapshotCodec.Decode(bad);
            }
            catch (SnapshotFormatException)
            {
                failed++;
            }
        }
        Assert.InRange(failed, 1_000, 2_000);
    }

    [Fact]
    public void Damaged_content_under_a_sound_compression_fails_so_too()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            byte[] content = new byte[seed % 600];
            new Random(seed).NextBytes(content);
            byte[] compressed = new byte[9 + System.IO.Compression.BrotliEncoder.GetMaxCompressedLength(content.Length)];
            "TOWS\u0002"u8.CopyTo(compressed);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(compressed.AsSpan(5), content.Length);
            Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(content, compressed.AsSpan(9), out int written));
            Assert.Throws<SnapshotFormatException>(() => SnapshotCodec.Decode(compressed.AsSpan(0, 9 + written)));
        }
    }

    [Fact]
    public void A_snapshot_of_the_version_before_still_reads()
    {
        const string Version2 = "VE9XUwIAAABoG2cAAOT/bv671rYTGSUUQZsW0K9NgQYScDH0AoccOBzt89QjKNgYAz3y60K8v+d/rwiMrB0KnhACQRI6HYgsdo+F+kaRVwVPbDNtEhnLBMYK5DwQGehxQXQBAA==";
        DeviceSnapshot read = SnapshotCodec.Decode(Convert.FromBase64String(Version2));
        Assert.Equal(("core-1", "192.0.2.1"), (read.Identity.SysName, read.OspfRouterId.ToString()));
        LldpNeighbor neighbor = Assert.Single(read.LldpNeighbors);
        Assert.Equal(("edge-1", "192.0.2.7", LldpCapabilities.None), (neighbor.ChassisId, Assert.Single(neighbor.ManagementAddresses).ToString(), neighbor.Capabilities));
    }

    [Fact]
    public void Another_version_is_refused_by_its_number()
    {
        byte[] encoded = SnapshotCodec.Encode(new ArbitrarySnapshot(1).Next());
        encoded[4] = 9;
        Assert.Contains("version 9", Assert.Throws<SnapshotFormatException>(() => SnapshotCodec.Decode(encoded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_routes_take_a_few_octets_each()
    {
        DeviceSnapshot snapshot = new ArbitrarySnapshot(5).Next() with
        {
            Routes = [.. Enumerable.Range(0, 100_000).Select(i => new Route(
                new Prefix(new Ipv4Address(0x0a000000u + (uint)i * 256), 24), new Ipv4Address(0xc0000200u + (uint)(i % 4)), new IfIndex(1 + i % 4),
                RouteKind.Remote, RouteProtocol.Ospf, 20, MibTable.InetCidrRouteTable))],
        };
        int octets = SnapshotCodec.Encode(snapshot).Length;
        Assert.InRange(octets, 100, 400_000);
    }

    private static string Json(DeviceSnapshot snapshot) => JsonSerializer.Serialize(snapshot);

    /// <summary>Snapshots with extreme and ordinary values in every field, from a seed.</summary>
    private sealed class ArbitrarySnapshot(int seed, int minimumRows = 0)
    {
        private readonly Random _random = new(seed);

        public DeviceSnapshot Next() => new()
        {
            Identity = new DeviceIdentity(Text(), Text(), Text(), _random.Next(), Maybe(), Maybe(), Maybe(), Maybe(), Maybe(), Maybe(), Maybe(), Maybe(),
                _random.Next(2) == 0 ? null : Mac(), _random.Next(2) == 0 ? null : _random.NextInt64()),
            CollectedAt = When(),
            SysUpTime = TimeSpan.FromMilliseconds(10.0 * _random.NextInt64(1L << 32)),
            Readings = Some(() => new TableReading(Table(), Text(), (ReadingOutcome)_random.Next(6), _random.Next(), When(), Maybe())),
            Interfaces = Some(() => new Interface(If(), Text(), Text(), Text(), _random.Next(), Mac(), _random.Next(2) == 0, _random.Next(2) == 0, _random.NextInt64(), _random.Next())),
            InterfaceStack = Some(() => new InterfaceStackEntry(If(), If())),
            Addresses = Some(() => new InterfaceAddress(If(), Ip(), _random.Next(33), Table())),
            Routes = Some(AnyRoute),
            Arp = Some(() => new ArpEntry(If(), Ip(), Mac(), Table())),
            BridgePorts = Some(() => new BridgePort(Vlan(), _random.Next(65_536), If())),
            Fdb = Some(() => new FdbEntry(Vlan(), Mac(), If(), (FdbStatus)_random.Next(1, 6), Table())),
            StpPorts = Some(() => new StpPort(Vlan(), If(), (StpState)_random.Next(1, 7))),
            Vlans = Some(() => new Vlan(Vlan(), Text())),
            VlanMembers = Some(() => new VlanMember(If(), Vlan(), Some(Vlan), Table())),
            LldpNeighbors = Some(() => new LldpNeighbor(If(), _random.Next(8), Text(), _random.Next(8), Text(), Maybe(), Maybe(), Maybe(), Some(Ip)) { Capabilities = (LldpCapabilities)_random.Next(1 << 16) }),
            CdpNeighbors = Some(() => new CdpNeighbor(If(), Text(), Text(), Text(), Text(), (uint)_random.NextInt64(1L << 32), Ip())),
            AccessPoints = Some(() => new AccessPoint(Mac(), Mac(), Text(), Ip(), Text(), Text(), Text(), Text())),
            WirelessStations = Some(() => new WirelessStation(Mac(), Ip(), Text(), Mac(), Text(), _random.Next(512), Text(), _random.Next(2) == 0)),
            ControllerInterfaces = Some(() => new ControllerInterface(Text(), Vlan(), Mac(), Ip(), Ip(), Ip(), _random.Next(9))),
            TopFlows = Some(() => new TopFlow(Ip(), Ip(), _random.Next(256), _random.Next(65_536), _random.Next(65_536), If(), If(), Ip(), _random.NextInt64(), _random.NextInt64())),
            LagMembers = Some(() => new LagMember(If(), If(), Table())),
            GatewayGroups = Some(() => new GatewayGroup(If(), _random.Next(4_096), Some(Ip), Mac(), (GatewayState)_random.Next(3), Ip(), Table())),
            Vrfs = Some(() => new Vrf(Text(), Text(), Table())),
            VrfInterfaces = Some(() => new VrfInterface(Text(), If(), Table())),
            VrfRoutes = Some(() => new VrfRoute(Text(), AnyRoute())),
            Tunnels = Some(() => new TunnelInterface(If(), Ip(), Ip(), _random.Next(20))),
            DhcpBindings = Some(() => new DhcpBinding(Vlan(), Mac(), Ip(), If())),
            Modules = Some(() => new EntityModule(_random.Next(), Text(), Text(), Text(), Text(), Text(), Text())),
            OspfRouterId = Ip(),
            OspfNeighbors = Some(() => new OspfNeighbor(Ip(), If(), Ip(), _random.Next(9))),
            OspfLinkStates = Some(() => new OspfLinkState(Ip(), _random.Next(12), Ip(), Ip(), Some(() => (byte)_random.Next(256)), Table())),
        };

        private Route AnyRoute() =>
            new(new Prefix(Ip(), _random.Next(33)), Ip(), If(), (RouteKind)_random.Next(1, 6), (RouteProtocol)_random.Next(1, 18), _random.Next(-1, int.MaxValue), Table());

        private ImmutableArray<T> Some<T>(Func<T> one) => [.. Enumerable.Range(0, _random.Next(minimumRows, minimumRows + 6)).Select(_ => one())];

        private string Text() => _random.Next(4) switch { 0 => "", 1 => "GigabitEthernet1/0/1", 2 => "Zürich → 東京 🙂", _ => new string('a', _random.Next(255)) };

        private string? Maybe() => _random.Next(3) == 0 ? null : Text();

        private DateTimeOffset When() => new(_random.NextInt64(DateTimeOffset.MaxValue.UtcTicks / 2), TimeSpan.Zero);

        private IfIndex If() => new(_random.Next(3) == 0 ? int.MaxValue : _random.Next(100));

        private VlanId Vlan() => new((ushort)_random.Next(4095));

        private Ipv4Address Ip() => new((uint)_random.NextInt64(1L << 32));

        private MacAddress Mac() => MacAddress.FromBits((ulong)_random.NextInt64());

        private MibTable Table() => (MibTable)_random.Next(Enum.GetValues<MibTable>().Length);
    }
}
