using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>One row of ifTable and ifXTable (RFC 2863).</summary>
public sealed record Interface
{
    public static FactSource IfTable { get; } = FactSource.Named(nameof(IfTable));
    public static FactSource IfXTable { get; } = FactSource.Named(nameof(IfXTable));

    public static FactLayout<Interface> Layout { get; } = new("interfaces", of => of.Interfaces,
        (of, rows) => of with { Interfaces = rows })
    {
        Sources = [IfTable],
        Lost = "Interfaces have no names, and routed VLAN interfaces are not recognised.",
        Key = ["name"],
        Columns =
        [
            new("index", row => row.Index.Value),
            new("name", row => row.Name),
            new("shortName", row => row.ShortName),
            new("alias", row => row.Alias),
            new("type", row => row.Type),
            new("mac", row => row.Mac),
            new("up", row => (row.AdminUp ? 1 : 0) + (row.OperUp ? 2 : 0)) { Word = StateWord },
            new("speed", row => row.SpeedBitsPerSecond),
            new("mtu", row => row.Mtu),
        ],
        Row = cells => new Interface
        {
            Index = cells.Interface(0),
            Name = cells.Text(1),
            ShortName = cells.Text(2),
            Alias = cells.Text(3),
            Type = cells.Int(4),
            Mac = cells.Mac(5),
            AdminUp = (cells.Int(6) & 1) != 0,
            OperUp = (cells.Int(6) & 2) != 0,
            SpeedBitsPerSecond = cells.Number(7),
            Mtu = cells.Int(8),
        },
    };

    public required IfIndex Index { get; init; }

    /// <summary>
    /// The name people use in configurations: ifDescr where the device writes interface names there (Cisco: GigabitEthernet1/0/1), else
    /// ifName; the ifIndex where it tells neither, and behind a name that several of its interfaces have.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>ifName; empty when not answered.</summary>
    public string ShortName { get; init; } = "";

    /// <summary>ifAlias, the operator's text; empty when not set.</summary>
    public string Alias { get; init; } = "";

    /// <summary>
    /// ifType (IANAifType-MIB): 6 ethernetCsmacd, 24 softwareLoopback, 53 propVirtual, 131 tunnel, 135 l2vlan, 136 l3ipvlan, 161
    /// ieee8023adLag.
    /// </summary>
    public int Type { get; init; }

    /// <summary>ifPhysAddress; default when it has none.</summary>
    public MacAddress Mac { get; init; }

    public bool AdminUp { get; init; }

    public bool OperUp { get; init; }

    /// <summary>From ifHighSpeed (Mbit/s) or ifSpeed; 0 when not known.</summary>
    public long SpeedBitsPerSecond { get; init; }

    /// <summary>ifMtu in octets; 0 when not known.</summary>
    public int Mtu { get; init; }

    private static string StateWord(long up) => up switch
    {
        3 => "up",
        2 => "up although switched off",
        1 => "down",
        _ => "switched off",
    };
}

/// <summary>ifStackTable (RFC 2863): <paramref name="Higher"/> runs on top of <paramref name="Lower"/>. Neither is 0.</summary>
public readonly record struct InterfaceStackEntry(IfIndex Higher, IfIndex Lower)
{
    public static FactSource IfStackTable { get; } = FactSource.Named(nameof(IfStackTable));

    public static FactLayout<InterfaceStackEntry> Layout { get; } = new("interfaceStack", of => of.InterfaceStack,
        (of, rows) => of with { InterfaceStack = rows })
    {
        Sources = [IfStackTable],
        Key = ["higher", "lower"],
        Columns =
        [
            new("higher", row => row.Higher),
            new("lower", row => row.Lower),
        ],
        Row = cells => new InterfaceStackEntry(cells.Interface(0), cells.Interface(1)),
    };
}

/// <summary>An own IPv4 address of the device: ipAddressTable (RFC 4293) or ipAddrTable (RFC 1213).</summary>
/// <param name="PrefixLength">0..32; 32 when the device does not tell.</param>
public readonly record struct InterfaceAddress(IfIndex Interface, Ipv4Address Address, int PrefixLength, FactSource Source)
{
    public static FactSource IpAddressTable { get; } = FactSource.Named(nameof(IpAddressTable));
    public static FactSource IpAddrTable { get; } = FactSource.Named(nameof(IpAddrTable));

    public static FactLayout<InterfaceAddress> Layout { get; } = new("addresses", of => of.Addresses,
        (of, rows) => of with { Addresses = rows })
    {
        Sources = [IpAddressTable, IpAddrTable],
        Lost = "The device is not found as gateway, next hop or destination.",
        OneSourceIsEnough = true,
        Key = ["address"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("address", row => row.Address),
            new("prefixLength", row => row.PrefixLength),
            new("source", row => row.Source),
        ],
        Row = cells => new InterfaceAddress(cells.Interface(0), cells.Address(1), cells.PrefixLength(2), cells.Source(3)),
    };

    /// <summary>The subnet the address stands in.</summary>
    public Prefix Subnet => new(Address, PrefixLength);
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<Interface> Interfaces { get; init; } = [];
    public ImmutableArray<InterfaceStackEntry> InterfaceStack { get; init; } = [];
    public ImmutableArray<InterfaceAddress> Addresses { get; init; } = [];
}
