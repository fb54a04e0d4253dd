namespace Towpath.Network;

/// <summary>
/// Names rows of a device's tables in terms of the network, so that just these can be asked again. Default: rows that nobody asks for by
/// themselves.
/// </summary>
public readonly record struct RowKey
{
    public RowKind Kind { get; private init; }

    /// <summary>The table; none where the kind has one only.</summary>
    public FactSource Source { get; private init; }

    public IfIndex Interface { get; private init; }

    /// <summary>Default where the row tells none.</summary>
    public VlanId Vlan { get; private init; }

    public Ipv4Address Address { get; private init; }

    public MacAddress Mac { get; private init; }

    /// <summary>Default for the global table.</summary>
    public VrfName Vrf { get; private init; }

    public bool IsNone => Kind == RowKind.None;

    /// <summary>That it is the same device, and has not restarted (SNMPv2-MIB system group).</summary>
    public static RowKey Device { get; } = new() { Kind = RowKind.Device };

    /// <summary>ifAdminStatus and ifOperStatus of an interface.</summary>
    public static RowKey State(IfIndex index) => new() { Kind = RowKind.State, Interface = index };

    /// <summary>The longest prefix that contains an address, with all its next hops.</summary>
    /// <param name="source">The generation of the route table.</param>
    /// <param name="vrf">Default for the global table.</param>
    public static RowKey Route(Ipv4Address destination, FactSource source, VrfName vrf = default) =>
        new() { Kind = RowKind.Route, Address = destination, Source = source, Vrf = vrf };

    public static RowKey Arp(IfIndex on, Ipv4Address address, FactSource source) =>
        new() { Kind = RowKind.Arp, Interface = on, Address = address, Source = source };

    /// <param name="vlan">Default when it is not known.</param>
    public static RowKey Fdb(VlanId vlan, MacAddress mac, FactSource source) =>
        new() { Kind = RowKind.Fdb, Vlan = vlan, Mac = mac, Source = source };

    /// <summary>What is announced on a port.</summary>
    /// <param name="source">lldpRemTable or cdpCacheTable.</param>
    public static RowKey Neighbor(IfIndex on, FactSource source) =>
        new() { Kind = RowKind.Neighbor, Interface = on, Source = source };
}

/// <summary>In the order in which a device is asked: what is left when it has been asked enough is left out.</summary>
public enum RowKind : byte { None, Device, State, Route, Fdb, Arp, Neighbor }

/// <summary>What came of asking for rows again. Default: no question finds just these rows.</summary>
/// <param name="ReadAt">When the device answered; null when it did not tell.</param>
/// <param name="NotRead">Why it did not, though it was asked, for instance <c>no answer within 3 s</c>; else null.</param>
/// <param name="HasChanged">It tells something else than it did when it was collected.</param>
/// <param name="IsUnanswered">
/// No answer came, or none of the device that was collected: what it told then may be so no more. False where it answers and only this row
/// cannot be asked for, and where nobody may ask it.
/// </param>
public readonly record struct AskedRow(DateTimeOffset? ReadAt, string? NotRead, bool HasChanged, bool IsUnanswered);
