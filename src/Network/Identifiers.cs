using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Network;

/// <summary>Our own identity of a device, kept over renames and address changes. Default: no device.</summary>
public readonly record struct DeviceId(Guid Value) : IParsable<DeviceId>, IComparable<DeviceId>
{
    public static DeviceId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeviceId result)
    {
        bool ok = Guid.TryParse(s, out Guid value);
        result = new DeviceId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(DeviceId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>ifIndex of IF-MIB (RFC 2863): unique per device, may change at its restart. Default (0): no interface.</summary>
public readonly record struct IfIndex(int Value) : IComparable<IfIndex>
{
    /// <summary>1..2147483647; 0 only in <c>default</c>.</summary>
    public int Value { get; } = Value >= 0 ? Value : throw new ArgumentOutOfRangeException(nameof(Value), Value, "ifIndex is not negative");

    /// <summary>True for <c>default</c>: the table names no interface.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc/>
    public int CompareTo(IfIndex other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A VLAN identifier of IEEE 802.1Q, 1..4094. Default (0): untagged or not known.</summary>
public readonly record struct VlanId(ushort Value) : IComparable<VlanId>
{
    /// <summary>True for <c>default</c>.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc/>
    public int CompareTo(VlanId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
