using System.Collections.Immutable;
using System.Globalization;

namespace Towpath.Network;

/// <summary>
/// One rule of the packet filter (access list) that stands on one side of an interface. The rules of an interface and a direction are one
/// list: the first that matches decides, and what none matches is dropped, as if a deny of everything stood at the end. An interface
/// without rules filters nothing. Fragments, flags and connection state are no part of it.
/// </summary>
/// <param name="List">The name of the list that the device applies here.</param>
/// <param name="Sequence">Its place: smaller ones are tried first.</param>
/// <param name="Permits">False: it drops what it matches.</param>
public sealed record FilterRule(IfIndex Interface, FilterDirection Direction, string List, int Sequence, bool Permits)
{
    public static FactLayout<FilterRule> Layout { get; } = new(
        "filterRules", of => of.FilterRules, (of, rows) => of with { FilterRules = rows })
    {
        Key = ["interface", "direction", "list", "sequence"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("direction", row => (long)row.Direction) { Word = CellText.NamesOf<FilterDirection>() },
            new("list", row => row.List),
            new("sequence", row => row.Sequence),
            new("permits", row => row.Permits ? 1 : 0),
            new("protocol", row => row.Protocol),
            new("source", row => row.Source.Network),
            new("sourceLength", row => row.Source.Length),
            new("sourcePortsFirst", row => row.SourcePorts.First),
            new("sourcePortsLast", row => row.SourcePorts.Last) { Absent = ushort.MaxValue },
            new("destination", row => row.Destination.Network),
            new("destinationLength", row => row.Destination.Length),
            new("destinationPortsFirst", row => row.DestinationPorts.First),
            new("destinationPortsLast", row => row.DestinationPorts.Last) { Absent = ushort.MaxValue },
        ],
        Row = cells => new FilterRule(cells.Interface(0), (FilterDirection)cells.Octet(1), cells.Text(2), cells.Int(3), cells.Flag(4))
        {
            Protocol = cells.Octet(5),
            Source = new Prefix(cells.Address(6), cells.PrefixLength(7)),
            SourcePorts = new PortRange(PortOf(cells, 8), PortOf(cells, 9)),
            Destination = new Prefix(cells.Address(10), cells.PrefixLength(11)),
            DestinationPorts = new PortRange(PortOf(cells, 12), PortOf(cells, 13)),
        },
        Order = rows => rows.OrderBy(row => row.Interface.Value).ThenBy(row => row.Direction).ThenBy(row => row.Sequence),
    };

    /// <summary>IP protocol number: 1 ICMP, 6 TCP, 17 UDP; 0 for any.</summary>
    public byte Protocol { get; init; }

    /// <summary>0.0.0.0/0 for any.</summary>
    public Prefix Source { get; init; }

    /// <summary>The ports that the packet may come from, for protocols that have ports.</summary>
    public PortRange SourcePorts { get; init; } = PortRange.Any;

    /// <summary>0.0.0.0/0 for any.</summary>
    public Prefix Destination { get; init; }

    /// <summary>The ports that the packet may go to, for protocols that have ports.</summary>
    public PortRange DestinationPorts { get; init; } = PortRange.Any;

    /// <summary>As an engineer reads it: <c>rule 20 of WEB: deny tcp 192.0.2.0/24 any port 80</c>.</summary>
    public override string ToString()
    {
        string verb = Permits ? "permit" : "deny";
        string what = $"{verb} {ProtocolName} {End(Source, SourcePorts)} {End(Destination, DestinationPorts)}";
        return string.Create(CultureInfo.InvariantCulture, $"rule {Sequence} of {List}: {what}");
    }

    /// <summary>ip for any, icmp, tcp, udp; else its number.</summary>
    public string ProtocolName => Protocol switch
    {
        0 => "ip",
        1 => "icmp",
        6 => "tcp",
        17 => "udp",
        _ => $"protocol {Protocol}",
    };

    private static string End(Prefix prefix, PortRange ports) =>
        (prefix.Length == 0 ? "any" : prefix.ToString()) + (ports == PortRange.Any ? "" : $" port {ports}");

    private static ushort PortOf(StoredRow cells, int column) => checked((ushort)cells.Number(column));
}

/// <summary>The packets of an interface that a filter sees.</summary>
public enum FilterDirection : byte
{
    /// <summary>The packets that the device receives by it.</summary>
    In,

    /// <summary>The packets that the device sends by it.</summary>
    Out,
}

/// <summary>Ports of TCP, UDP and their like, both ends included.</summary>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>No condition, also for protocols that have no ports.</summary>
    public static PortRange Any { get; } = new(0, ushort.MaxValue);

    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary><c>80</c> or <c>8000-8080</c>.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<FilterRule> FilterRules { get; init; } = [];
}
