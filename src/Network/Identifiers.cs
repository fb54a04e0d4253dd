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
public readonly record struct IfIndex : IComparable<IfIndex>
{
    private readonly uint _value;

    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more than 32 bits.</exception>
    public IfIndex(long value) => _value = value is >= 0 and <= uint.MaxValue
        ? (uint)value : throw new ArgumentOutOfRangeException(nameof(value), value, "ifIndex is a number of 32 bits");

    /// <summary>1..2147483647 by the MIB, up to 4294967295 as some agents have it; 0 only in <c>default</c>.</summary>
    public long Value => _value;

    /// <summary>True for <c>default</c>: the table names no interface.</summary>
    public bool IsNone => _value == 0;

    /// <inheritdoc/>
    public int CompareTo(IfIndex other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The name of a routing instance on one device, printed as the device writes it (MplsL3VpnVrfName, RFC 4382). Default: the global table,
/// whose name is empty.
/// </summary>
public readonly record struct VrfName : IParsable<VrfName>
{
    private readonly string? _name; // null for the global table, so that there is one form of it

    /// <param name="name">Empty for the global table.</param>
    public VrfName(string name) => _name = name.Length > 0 ? name : null;

    /// <summary>Empty for the global table.</summary>
    public string Value => _name ?? "";

    /// <summary>True for <c>default</c>.</summary>
    public bool IsGlobal => _name is null;

    /// <summary>Every text is a name.</summary>
    public static VrfName Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <summary>False for null only.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out VrfName result)
    {
        result = new VrfName(s ?? "");
        return s is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
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

/// <summary>
/// The id of a device's chassis in LLDP (LldpChassisId, IEEE 802.1AB). Two are equal when their texts are: a device need not tell the
/// subtype that its neighbors hear. Default: none.
/// </summary>
/// <param name="Subtype">LldpChassisIdSubtype, for instance 4 for a MAC address; 0 when it is not told.</param>
/// <param name="Text">A MAC address in lower case with colons, an address, or text, as the subtype says.</param>
public readonly record struct ChassisId(int Subtype, string Text)
{
    /// <summary>Empty only in <c>default</c>.</summary>
    public string Text { get => field ?? ""; } = Text;

    /// <inheritdoc/>
    public bool Equals(ChassisId other) => Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The id of a device's port in LLDP (LldpPortId, IEEE 802.1AB). Default: none.</summary>
/// <param name="Subtype">LldpPortIdSubtype, for instance 5 for an interface name; 0 when it is not told.</param>
/// <param name="Text">In the same form as that of <see cref="ChassisId"/>.</param>
public readonly record struct PortId(int Subtype, string Text)
{
    /// <summary>Empty when the neighbor sent none.</summary>
    public string Text { get => field ?? ""; } = Text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
