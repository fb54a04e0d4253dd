using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>Something with interfaces: a device, an access point or a host; exactly one of the three is not null.</summary>
internal sealed class Node
{
    public const string AccessPointPort = "GigabitEthernet0";
    public const string HostPort = "eth0";

    private Node(string name, IEnumerable<InterfaceDescription> interfaces)
    {
        Name = name;
        Ports = [.. interfaces.Where(i => i.IsPhysical).Select(i => new Port(this, i))];
    }

    public Node(DeviceDescription device) : this(device.Name, device.Interfaces) => Device = device;

    public Node(AccessPointDescription accessPoint)
        : this(accessPoint.Name, [OnlyInterface(accessPoint.Path, AccessPointPort, "Gi0", accessPoint.EthernetMac, accessPoint.Address)]) =>
            AccessPoint = accessPoint;

    public Node(HostDescription host)
        : this(host.Name, [OnlyInterface(host.Path, HostPort, HostPort, host.Mac, host.Address)]) => Host = host;

    public string Name { get; }

    public DeviceDescription? Device { get; }

    public AccessPointDescription? AccessPoint { get; }

    public HostDescription? Host { get; }

    /// <summary>Physical interfaces in the order of the description. A wireless host's never has a cable.</summary>
    public ImmutableArray<Port> Ports { get; }

    /// <summary>Where it speaks IP.</summary>
    public List<Station> Stations { get; } = [];

    public bool Bridges => Device is { Bridges: true };

    public bool ForwardsIp => Device is { ForwardsIp: true };

    /// <summary>Default when it has none.</summary>
    public Ipv4Address Gateway => Device?.Gateway ?? AccessPoint?.Gateway ?? Host!.Gateway;

    public bool Owns(Ipv4Address address) => Stations.Any(s => s.Addresses.Any(a => a.Address == address));

    public override string ToString() => Name;

    private static InterfaceDescription OnlyInterface(string path, string name, string shortName, MacAddress mac,
        SubnetAddress address) => new()
    {
        Path = path,
        Name = name,
        ShortName = shortName,
        Index = 1,
        PhysicalNumber = 1,
        Mac = mac,
        Description = "",
        SpeedMbps = 1000,
        Shutdown = false,
        Access = 0,
        Trunk = [],
        Native = 1,
        Svi = 0,
        Addresses = [address],
        OspfCost = 10,
        StpCost = 4,
    };
}

/// <summary>A physical interface, and what its cable leads to.</summary>
internal sealed class Port(Node node, InterfaceDescription description)
{
    public Node Node { get; } = node;

    public InterfaceDescription Interface { get; } = description;

    /// <summary>Null without a cable.</summary>
    public Port? Peer { get; set; }

    public bool Up => Peer is not null && !Interface.Shutdown && !Peer.Interface.Shutdown;

    public override string ToString() => $"{Node.Name}:{Interface.Name}";
}

/// <summary>An IP interface: a host, a routed port, an SVI, a controller interface, a loopback.</summary>
/// <param name="Attachment">Where it stands in layer 2; null for a loopback and for one that is down.</param>
internal sealed record Station(Node Node, InterfaceDescription Interface, Attachment? Attachment, bool Up)
{
    public ImmutableArray<SubnetAddress> Addresses => Interface.Addresses;

    public MacAddress Mac => Interface.Mac;

    public bool Equals(Station? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"{Node.Name}:{Interface.Name}";
}
