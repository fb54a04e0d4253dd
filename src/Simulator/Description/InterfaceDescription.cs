using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>One interface, ranges expanded and defaults filled in.</summary>
internal sealed record InterfaceDescription
{
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required string ShortName { get; init; }
    public required int Index { get; init; }

    /// <summary>
    /// 1 for the device's first physical interface: its bridge port number, and the offset of its MAC. 0 for a virtual one.
    /// </summary>
    public required int PhysicalNumber { get; init; }

    public required MacAddress Mac { get; init; }
    public required string Description { get; init; }
    public required int SpeedMbps { get; init; }
    public required bool Shutdown { get; init; }

    /// <summary>0 unless it is an access port.</summary>
    public required int Access { get; init; }

    /// <summary>Ascending; empty unless it is a trunk.</summary>
    public required ImmutableArray<int> Trunk { get; init; }

    public required int Native { get; init; }

    /// <summary>0 unless it is a virtual interface in a VLAN.</summary>
    public required int Svi { get; init; }

    public required ImmutableArray<SubnetAddress> Addresses { get; init; }
    public required int OspfCost { get; init; }
    public required int StpCost { get; init; }

    public bool IsPhysical => PhysicalNumber > 0;

    public bool IsLoopback => !IsPhysical && Svi == 0;

    public bool IsTrunk => Trunk.Length > 0;

    /// <summary>A physical interface that ends IP itself instead of a VLAN.</summary>
    public bool IsRouted => IsPhysical && Access == 0 && !IsTrunk;

    public IEnumerable<int> Vlans => Access > 0 ? [Access] : Trunk;

    /// <summary>The VLAN of untagged frames on this switch port; 0 when there is none.</summary>
    public int Untagged => Access > 0 ? Access : Trunk.Contains(Native) ? Native : 0;
}

/// <summary>An address and the length of its subnet, written <c>10.1.12.1/24</c>.</summary>
internal readonly record struct SubnetAddress(Ipv4Address Address, int Length) : IParsable<SubnetAddress>
{
    public Prefix Subnet => new(Address, Length);

    public static SubnetAddress Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out SubnetAddress result) ? result : throw new FormatException($"'{s}' is no address with a prefix length.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SubnetAddress result)
    {
        result = default;
        string[] parts = (s ?? "").Split('/');
        if (parts.Length != 2 || !Ipv4Address.TryParse(parts[0], provider, out Ipv4Address address)) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length is < 1 or > 32) return false;
        result = new SubnetAddress(address, length);
        return true;
    }

    public override string ToString() => $"{Address}/{Length}";
}
