using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>Two managed devices' ports that are joined.</summary>
/// <param name="A">The end with the lower device id.</param>
/// <param name="B">Its interface is default when only the device is known.</param>
/// <param name="Source">The table that says so (at either end).</param>
public sealed record Link(Port A, Port B, LinkEvidence Evidence, FactSource Source)
{
    /// <summary>Between bundles of links: the members' links that carry frames and that are known. Else empty.</summary>
    public ImmutableArray<Wire> Wires { get; init; } = [];
}

/// <summary>Two member ports that are joined.</summary>
/// <param name="A">At the end that is <see cref="Link.A"/>, or the near one.</param>
/// <param name="B">Its interface is default when only the device is known.</param>
public readonly record struct Wire(Port A, Port B) : IComparable<Wire>
{
    /// <inheritdoc/>
    public int CompareTo(Wire other) => (A, B).CompareTo((other.A, other.B));
}

/// <summary>The evidence that a link rests on, the surest first.</summary>
public enum LinkEvidence : byte
{
    /// <summary>LLDP or CDP announcements at both ends that name each other.</summary>
    BothSides,

    /// <summary>An LLDP or CDP announcement at one end only.</summary>
    OneSide,

    /// <summary>No announcement: the two ports are the only managed ones in a subnet of two addresses.</summary>
    Subnet,

    /// <summary>No announcement: each end has learned the other's addresses on that port, and no managed device stands between.</summary>
    Fdb,
}

/// <summary>A link seen from one of its ends.</summary>
public readonly record struct LinkEnd(Port Near, Port Far, Link Link)
{
    /// <summary>Those of the link, each from its near port to its far one.</summary>
    public IEnumerable<Wire> Wires
    {
        get
        {
            bool isA = Near == Link.A;
            return Link.Wires.Select(wire => isA ? wire : new Wire(wire.B, wire.A));
        }
    }
}

/// <summary>Something announced on a port that is no managed device and no known access point.</summary>
/// <param name="Name">As announced: a system name or a chassis id.</param>
/// <param name="Address">Default when not announced.</param>
/// <param name="Mac">Default when the announcement names none.</param>
/// <param name="Forwards">False when it says that it only is a host or a telephone; true also when it does not say.</param>
public sealed record UnmanagedNeighbor(Port At, string Name, string PortName, Ipv4Address Address, MacAddress Mac, bool Forwards,
    FactSource Source)
{
    /// <summary>It says that it is a telephone, whatever else it says.</summary>
    public bool IsTelephone { get; init; }
}
