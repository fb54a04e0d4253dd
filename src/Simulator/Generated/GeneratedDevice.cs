using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>What one generated device would say.</summary>
internal sealed class GeneratedDevice
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required Ipv4Address Management { get; init; }

    /// <summary>sysDescr.</summary>
    public required string Description { get; init; }

    public bool Forwards { get; init; }

    public List<GeneratedInterface> Interfaces { get; } = [];

    public List<GeneratedRoute> Routes { get; } = [];

    public List<(int IfIndex, Ipv4Address Address, MacAddress Mac)> Arp { get; } = [];

    public List<(int Vlan, MacAddress Mac, int IfIndex)> Fdb { get; } = [];

    public MacAddress Chassis => GeneratedPlan.Mac(Number, 0);

    /// <summary>Adds a routed interface with its connected prefix.</summary>
    public void AddRouted(GeneratedInterface one)
    {
        Interfaces.Add(one);
        Routes.Add(new GeneratedRoute(new Prefix(one.Address, one.Length), default, one.Index, RouteKind.Local, RouteProtocol.Local, 0));
    }

    /// <summary>Adds one row for each equal next hop.</summary>
    public void AddOspf(Prefix prefix, int metric, params IEnumerable<(Ipv4Address Via, int IfIndex)> hops)
    {
        foreach ((Ipv4Address via, int egress) in hops)
            Routes.Add(new GeneratedRoute(prefix, via, egress, RouteKind.Remote, RouteProtocol.Ospf, metric));
    }
}

internal sealed record GeneratedInterface(int Index, string Name, string ShortName, int Type, MacAddress Mac)
{
    public const int Ethernet = 6, Loopback = 24, Svi = 136;

    public Ipv4Address Address { get; init; }

    /// <summary>The length of the prefix; 0 when it has no address.</summary>
    public int Length { get; init; }

    /// <summary>The VLAN of an access port; 0 for others.</summary>
    public int Vlan { get; init; }

    /// <summary>VLANs with a tag; empty when it is no trunk.</summary>
    public int[] Trunk { get; init; } = [];

    public bool Up { get; init; } = true;
    public int Megabits { get; init; } = 10_000;

    /// <summary>Null when no device is at the other end.</summary>
    public GeneratedNeighbor? Neighbor { get; init; }

    public bool IsSwitched => Vlan > 0 || Trunk.Length > 0;
}

/// <param name="ByCdp">Heard by CDP, else by LLDP.</param>
internal sealed record GeneratedNeighbor(int Number, string Name, Ipv4Address Management, string Port, string ShortPort, bool Routes,
    bool ByCdp);

internal readonly record struct GeneratedRoute(Prefix Prefix, Ipv4Address Via, int IfIndex, RouteKind Kind, RouteProtocol Protocol,
    int Metric);
