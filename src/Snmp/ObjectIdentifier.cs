using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Snmp;

/// <summary>
/// An OBJECT IDENTIFIER (RFC 2578): 0..128 sub-identifiers, compared one by one and then by length, printed as <c>1.3.6.1.2.1</c>.
/// </summary>
public sealed class ObjectIdentifier : IEquatable<ObjectIdentifier>, IComparable<ObjectIdentifier>, IParsable<ObjectIdentifier>
{
    private readonly uint[] _subIdentifiers;

    public ObjectIdentifier(params ReadOnlySpan<uint> subIdentifiers) => _subIdentifiers = subIdentifiers.ToArray();

    private ObjectIdentifier(ObjectIdentifier start, int more)
    {
        _subIdentifiers = new uint[start.Length + more];
        start._subIdentifiers.CopyTo(_subIdentifiers, 0);
    }

    public ReadOnlySpan<uint> SubIdentifiers => _subIdentifiers;

    public int Length => _subIdentifiers.Length;

    /// <summary>This identifier with more sub-identifiers behind it.</summary>
    public ObjectIdentifier Append(params ReadOnlySpan<uint> more)
    {
        var longer = new ObjectIdentifier(this, more.Length);
        more.CopyTo(longer._subIdentifiers.AsSpan(Length));
        return longer;
    }

    /// <summary>An instance of a table whose entry this is.</summary>
    public ObjectIdentifier Instance(uint column, params ReadOnlySpan<uint> index)
    {
        var instance = new ObjectIdentifier(this, 1 + index.Length);
        instance._subIdentifiers[Length] = column;
        index.CopyTo(instance._subIdentifiers.AsSpan(Length + 1));
        return instance;
    }

    /// <summary>
    /// Reads the BER content octets of an OBJECT IDENTIFIER (X.690 section 8.19), as a <see cref="VarBindView"/> has them.
    /// </summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static ObjectIdentifier FromBer(ReadOnlySpan<byte> content)
    {
        Span<uint> numbers = stackalloc uint[OidCodec.MaxSubIdentifiers];
        int count = OidCodec.Read(content, numbers);
        return count >= 0 ? new(numbers[..count]) : throw new FormatException($"{content.Length} octets are no object identifier.");
    }

    /// <summary>True when <paramref name="oid"/> is this identifier or below it.</summary>
    public bool IsPrefixOf(ReadOnlySpan<uint> oid) => oid.StartsWith(_subIdentifiers);

    /// <summary>The order of a walk: below 0 when <paramref name="left"/> comes first.</summary>
    public static int Compare(ReadOnlySpan<uint> left, ReadOnlySpan<uint> right) => left.SequenceCompareTo(right);

    /// <summary>Accepts numbers with dots, with or without a leading dot.</summary>
    public static ObjectIdentifier Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out ObjectIdentifier? result)
            ? result : throw new FormatException($"'{s}' is no object identifier; write numbers such as 1.3.6.1.2.1.1.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider,
        [MaybeNullWhen(false)] out ObjectIdentifier result)
    {
        result = null;
        if (string.IsNullOrEmpty(s)) return false;
        ReadOnlySpan<char> text = s[0] == '.' ? s.AsSpan(1) : s;
        Span<uint> numbers = stackalloc uint[128];
        int count = 0;
        foreach (Range part in text.Split('.'))
        {
            if (count == 128 || !uint.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count++]))
                return false;
        }
        result = new ObjectIdentifier(numbers[..count]);
        return true;
    }

    public bool Equals(ObjectIdentifier? other) => other is not null && SubIdentifiers.SequenceEqual(other.SubIdentifiers);

    public static bool operator ==(ObjectIdentifier? left, ObjectIdentifier? right) => Equals(left, right);

    public static bool operator !=(ObjectIdentifier? left, ObjectIdentifier? right) => !Equals(left, right);

    public override bool Equals(object? obj) => Equals(obj as ObjectIdentifier);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (uint number in _subIdentifiers) hash.Add(number);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(ObjectIdentifier? other) => other is null ? 1 : Compare(SubIdentifiers, other.SubIdentifiers);

    public override string ToString() => string.Join('.', _subIdentifiers);
}
