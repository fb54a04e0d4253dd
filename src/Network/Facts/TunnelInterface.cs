using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>An interface that is a tunnel: tunnelIfTable (TUNNEL-MIB, RFC 4087).</summary>
/// <param name="Local">Outer source; default when it is not set or no IPv4 address.</param>
/// <param name="Remote">Outer destination; default for a tunnel with many ends.</param>
/// <param name="Encapsulation">tunnelIfEncapsMethod (IANAtunnelType): 1 other, 2 direct (IP in IP), 3 GRE, 4 minimal, 5 L2TP; 0 when not
/// told.</param>
public readonly record struct TunnelInterface(IfIndex Interface, Ipv4Address Local, Ipv4Address Remote, int Encapsulation)
{
    public static FactSource TunnelIfTable { get; } = FactSource.Named(nameof(TunnelIfTable));

    public static FactLayout<TunnelInterface> Layout { get; } = new("tunnels", of => of.Tunnels, (of, rows) => of with { Tunnels = rows })
    {
        Sources = [TunnelIfTable],
        Key = ["interface"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("local", row => row.Local),
            new("remote", row => row.Remote),
            new("encapsulation", row => row.Encapsulation),
        ],
        Row = cells => new TunnelInterface(cells.Interface(0), cells.Address(1), cells.Address(2), cells.Int(3)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<TunnelInterface> Tunnels { get; init; } = [];
}
