using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Towpath.Snmp;

/// <summary>The BER tag of a value (RFC 2578, RFC 3416 section 3).</summary>
public enum SnmpType : byte
{
    Integer = 0x02,
    OctetString = 0x04,
    Null = 0x05,
    ObjectIdentifier = 0x06,
    IpAddress = 0x40,
    Counter32 = 0x41,
    Gauge32 = 0x42,
    TimeTicks = 0x43,
    Opaque = 0x44,
    Counter64 = 0x46,
    NoSuchObject = 0x80,
    NoSuchInstance = 0x81,
    EndOfMibView = 0x82,
}

/// <summary>
/// One value that owns its octets. Numbers are in <see cref="Number"/>; octet strings, addresses and opaque values in <see cref="Octets"/>.
/// </summary>
public readonly record struct SnmpValue
{
    private SnmpValue(SnmpType type, ulong number, ImmutableArray<byte> octets, ObjectIdentifier? identifier)
    {
        Type = type;
        Number = number;
        Octets = octets;
        Identifier = identifier;
    }

    public SnmpType Type { get; }

    /// <summary>
    /// The value of the unsigned types; of <see cref="SnmpType.Integer"/> the two's complement (see <see cref="Integer"/>).
    /// </summary>
    public ulong Number { get; }

    /// <summary>Empty, never default, where the type has no octets.</summary>
    public ImmutableArray<byte> Octets { get; }

    /// <summary>Null unless the type is <see cref="SnmpType.ObjectIdentifier"/>.</summary>
    public ObjectIdentifier? Identifier { get; }

    public long Integer => (long)Number;

    /// <summary>Takes the octets out of the receive buffer.</summary>
    public static SnmpValue From(scoped in VarBindView view) => view.Type switch
    {
        SnmpType.ObjectIdentifier => Oid(ObjectIdentifier.FromBer(view.Octets)),
        SnmpType.OctetString or SnmpType.Opaque or SnmpType.IpAddress => new(view.Type, view.Number, [.. view.Octets], null),
        _ => new(view.Type, view.Number, [], null),
    };

    public static SnmpValue Int(int value) => new(SnmpType.Integer, (ulong)(long)value, [], null);

    public static SnmpValue Text(string value) =>
        new(SnmpType.OctetString, 0, ImmutableCollectionsMarshal.AsImmutableArray(Encoding.UTF8.GetBytes(value)), null);

    public static SnmpValue Bytes(params ReadOnlySpan<byte> value) => new(SnmpType.OctetString, 0, [.. value], null);

    public static SnmpValue Opaque(params ReadOnlySpan<byte> value) => new(SnmpType.Opaque, 0, [.. value], null);

    public static SnmpValue Oid(ObjectIdentifier value) => new(SnmpType.ObjectIdentifier, 0, [], value);

    /// <summary>4 octets in network order, given as a number.</summary>
    public static SnmpValue Ip(uint address)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, address);
        return new(SnmpType.IpAddress, address, [.. octets], null);
    }

    public static SnmpValue Counter32(uint value) => new(SnmpType.Counter32, value, [], null);

    public static SnmpValue Gauge32(uint value) => new(SnmpType.Gauge32, value, [], null);

    /// <summary>Hundredths of a second.</summary>
    public static SnmpValue TimeTicks(uint value) => new(SnmpType.TimeTicks, value, [], null);

    public static SnmpValue Counter64(ulong value) => new(SnmpType.Counter64, value, [], null);

    public static SnmpValue Null { get; } = new(SnmpType.Null, 0, [], null);

    public static SnmpValue NoSuchObject { get; } = new(SnmpType.NoSuchObject, 0, [], null);

    public static SnmpValue NoSuchInstance { get; } = new(SnmpType.NoSuchInstance, 0, [], null);

    public static SnmpValue EndOfMibView { get; } = new(SnmpType.EndOfMibView, 0, [], null);

    public bool Equals(SnmpValue other) => Type == other.Type && Number == other.Number
        && Octets.AsSpan().SequenceEqual(other.Octets.AsSpan()) && Equals(Identifier, other.Identifier);

    public override int GetHashCode() => HashCode.Combine(Type, Number, Octets.Length, Identifier);
}

/// <summary>An object instance and its value.</summary>
public readonly record struct VarBind(ObjectIdentifier Oid, SnmpValue Value);

/// <summary>A variable binding inside the receive buffer: valid only during the call that hands it over, allocates nothing.</summary>
public readonly ref struct VarBindView
{
    public VarBindView(ReadOnlySpan<uint> oid, SnmpType type, ulong number, ReadOnlySpan<byte> octets)
    {
        Oid = oid;
        Type = type;
        Number = number;
        Octets = octets;
    }

    public ReadOnlySpan<uint> Oid { get; }

    public SnmpType Type { get; }

    /// <summary>
    /// The value of a numeric type, sign-extended for <see cref="SnmpType.Integer"/>; an <see cref="SnmpType.IpAddress"/> has its 4 octets
    /// as a number.
    /// </summary>
    public ulong Number { get; }

    public long Integer => (long)Number;

    /// <summary>
    /// The content octets of OCTET STRING, IpAddress, Opaque; the BER content of an OBJECT IDENTIFIER
    /// (<see cref="ObjectIdentifier.FromBer"/>). A value the agent encoded wrongly, say a Counter64 of 9 octets, comes as Opaque whatever
    /// its tag.
    /// </summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>True for noSuchObject, noSuchInstance and endOfMibView (RFC 3416), which stand in the place of a value.</summary>
    public bool IsException => Type >= SnmpType.NoSuchObject;

    /// <summary>A copy that outlives the receive buffer.</summary>
    public VarBind ToVarBind() => new(new ObjectIdentifier(Oid), SnmpValue.From(this));
}

/// <summary>Takes one row of a walk; runs on the engine's receive path, so it must be quick.</summary>
public delegate void VarBindHandler(scoped in VarBindView varBind);

/// <summary>Takes one row of several walks at once.</summary>
/// <param name="root">Which of the roots it is below, from 0.</param>
public delegate void SubtreeRowHandler(int root, scoped in VarBindView varBind);
