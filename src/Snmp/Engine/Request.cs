namespace Towpath.Snmp;

/// <summary>The PDU of a request before it is wrapped into a message; used again for the next one.</summary>
internal sealed class Request
{
    /// <summary>Fits any one object identifier, and keeps a message below what every agent accepts.</summary>
    private const int MaxVarBindOctets = 1_200;

    private readonly byte[] _varBinds = new byte[MaxVarBindOctets];
    private int _length;

    public PduType Type { get; private set; }

    public int MaxRepetitions { get; private set; }

    public ReadOnlySpan<byte> VarBinds => _varBinds.AsSpan(0, _length);

    /// <summary>GetNext, or with <paramref name="repetitions"/> above 1 GetBulk.</summary>
    public void SetNext(ReadOnlySpan<uint> after, int repetitions)
    {
        Type = repetitions > 1 ? PduType.GetBulk : PduType.GetNext;
        MaxRepetitions = repetitions > 1 ? repetitions : 0;
        var writer = new BerWriter(_varBinds);
        VarBindCodec.WriteName(ref writer, after);
        _length = writer.Position;
    }

    /// <summary>GetBulk of no names yet, for <see cref="TryAdd"/>.</summary>
    public void BeginBulk(int repetitions)
    {
        Type = PduType.GetBulk;
        MaxRepetitions = repetitions;
        _length = 0;
    }

    /// <summary>False when the request is full; the first name always fits.</summary>
    public bool TryAdd(ReadOnlySpan<uint> after)
    {
        var writer = new BerWriter(_varBinds.AsSpan(_length));
        VarBindCodec.WriteName(ref writer, after);
        if (writer.Overflowed) return false;
        _length += writer.Position;
        return true;
    }

    /// <summary>Get, or GetNext, of the first few that fit.</summary>
    /// <returns>How many they are, at least 1 when there are any.</returns>
    public int SetGet(PduType type, IEnumerable<ObjectIdentifier> oids)
    {
        Type = type;
        MaxRepetitions = 0;
        var writer = new BerWriter(_varBinds);
        int count = 0;
        foreach (ObjectIdentifier oid in oids)
        {
            int before = writer.Position;
            VarBindCodec.WriteName(ref writer, oid.SubIdentifiers);
            if (writer.Overflowed)
            {
                writer.Rewind(before);
                break;
            }
            count++;
        }
        _length = writer.Position;
        return count;
    }
}
