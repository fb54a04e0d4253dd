using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// A trace through a switch and two routers that stand nowhere, so that the code of a trace is compiled before the first user waits
/// for one. Nothing of it is kept.
/// </summary>
public static class Rehearsal
{
    private static readonly FlowRequest s_request = new(
        Ipv4Address.Parse("192.0.2.10"), Ipv4Address.Parse("203.0.113.20"), "50000", "443", "TCP", PeriodicRefresh: false,
        ControlPath: false, []);

    /// <summary>Traced, encoded and decoded as a real one.</summary>
    public static FlowAnalysisAnswer Run()
    {
        NetworkSnapshot network = NetworkSnapshot.Build([Switch(), NearRouter(), FarRouter()]);
        Trace trace = new PathTracer(network).Run(s_request.ToFlow());
        byte[] stored = StoredTrace.Encode(new TracedFlow(trace,
            [.. network.Devices.Select(device => new DeviceLabel(device.Id, "Routers", "CORE"))]));
        var record = new FlowAnalysisRecord(default, default, s_request, "", DateTimeOffset.UnixEpoch)
        {
            Status = FlowAnalysisStatus.Completed,
        };
        return new FlowAnalysisAnswer(record, StoredTrace.Decode(stored), null);
    }

    private static NetworkDevice Switch() => Device("switch", "192.0.2.2", new DeviceSnapshot
    {
        Identity = Identity("switch"),
        CollectedAt = DateTimeOffset.UnixEpoch,
        Fdb = [Learned(Mac(10), at: 1), Learned(Mac(1), at: 2)],
        LldpNeighbors =
        [
            new LldpNeighbor(new IfIndex(2), new ChassisId(7, "near"), new PortId(5, "port1"), null, "near", null,
                [Ipv4Address.Parse("192.0.2.1")]),
        ],
    });

    private static NetworkDevice NearRouter() => Device("near", "192.0.2.1", new DeviceSnapshot
    {
        Identity = Identity("near"),
        CollectedAt = DateTimeOffset.UnixEpoch,
        Addresses = [Own(1, "192.0.2.1"), Own(2, "198.51.100.1")],
        Routes =
        [
            Connected(1, "192.0.2.0/24"), Connected(2, "198.51.100.0/24"),
            new Route(Prefix.Parse("203.0.113.0/24"), Ipv4Address.Parse("198.51.100.2"), new IfIndex(2), RouteKind.Remote,
                RouteProtocol.Ospf, 20, Route.InetCidrRouteTable),
        ],
        Arp = [Resolved(1, "192.0.2.10", Mac(10)), Resolved(2, "198.51.100.2", Mac(2))],
    });

    private static NetworkDevice FarRouter() => Device("far", "198.51.100.2", new DeviceSnapshot
    {
        Identity = Identity("far"),
        CollectedAt = DateTimeOffset.UnixEpoch,
        Addresses = [Own(1, "198.51.100.2"), Own(2, "203.0.113.1")],
        Routes = [Connected(1, "198.51.100.0/24"), Connected(2, "203.0.113.0/24")],
        Arp = [Resolved(2, "203.0.113.20", Mac(20))],
    });

    private static NetworkDevice Device(string name, string management, DeviceSnapshot facts) =>
        new(new DeviceId(Guid.NewGuid()), Ipv4Address.Parse(management), facts with { Interfaces = [Port(name, 1), Port(name, 2)] });

    private static DeviceIdentity Identity(string name) =>
        new() { SysName = name, SysServices = 6, LldpChassisId = new ChassisId(7, name) };

    private static Interface Port(string device, int number)
    {
        MacAddress mac = Mac((device, number) switch { ("near", 1) => 1, ("far", 1) => 2, _ => 100 + device.Length + number });
        return new Interface
        {
            Index = new IfIndex(number),
            Name = $"port{number}",
            ShortName = $"port{number}",
            Type = 6,
            Mac = mac,
            AdminUp = true,
            OperUp = true,
            SpeedBitsPerSecond = 1_000_000_000,
            Mtu = 1500,
        };
    }

    private static InterfaceAddress Own(int port, string address) =>
        new(new IfIndex(port), Ipv4Address.Parse(address), 24, InterfaceAddress.IpAddressTable);

    private static Route Connected(int port, string prefix) =>
        new(Prefix.Parse(prefix), default, new IfIndex(port), RouteKind.Local, RouteProtocol.Local, 0, Route.InetCidrRouteTable);

    private static ArpEntry Resolved(int port, string address, MacAddress mac) =>
        new(new IfIndex(port), Ipv4Address.Parse(address), mac, ArpEntry.IpNetToPhysicalTable);

    private static FdbEntry Learned(MacAddress mac, int at) =>
        new(default, mac, new IfIndex(at), FdbStatus.Learned, FdbEntry.Dot1dTpFdbTable);

    /// <summary>One of the addresses for documentation (RFC 7042 section 2.1.2).</summary>
    private static MacAddress Mac(int last) => MacAddress.FromBits(0x00005e005300 + (ulong)last);
}
