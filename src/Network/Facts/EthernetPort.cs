using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The duplex that an Ethernet port has agreed on with its neighbor: dot3StatsTable (EtherLike-MIB, RFC 3635).</summary>
public readonly record struct EthernetPort(IfIndex Interface, Duplex Duplex)
{
    public static FactSource Dot3StatsTable { get; } = FactSource.Named(nameof(Dot3StatsTable));

    public static FactLayout<EthernetPort> Layout { get; } = new("ethernetPorts", of => of.EthernetPorts,
        (of, rows) => of with { EthernetPorts = rows })
    {
        Sources = [Dot3StatsTable],
        Key = ["interface"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("duplex", row => (long)row.Duplex) { Word = CellText.NamesOf<Duplex>() },
        ],
        Row = cells => new EthernetPort(cells.Interface(0), (Duplex)cells.Octet(1)),
    };
}

/// <summary>dot3StatsDuplexStatus (RFC 3635).</summary>
public enum Duplex : byte
{
    Unknown = 1,
    Half = 2,
    Full = 3,
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<EthernetPort> EthernetPorts { get; init; } = [];
}
