using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>Reads what <see cref="CompactWriter"/> wrote; all else ends in <see cref="JsonException"/>, as a damaged text does.</summary>
internal sealed class CompactReader(byte[] octets, int begin)
{
    private readonly List<string> _texts = [];
    private readonly List<DeviceId> _devices = [];
    private readonly List<DateTimeOffset> _times = [];
    private int _at = begin;

    public static JsonException Damaged() => new("A stored answer is damaged: it ends early, goes on too long, or says what cannot be.");

    public byte Octet() => Take(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte octet = Octet();
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80) return value;
        }
        throw Damaged();
    }

    public int Int() => Number() is <= int.MaxValue and var value ? (int)value : throw Damaged();

    public bool Flag() => Octet() != 0;

    public double Real() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public string? MaybeText() =>
        Said(_texts, static from => Encoding.UTF8.GetString(from.Take(from.Int())), out string? text) ? text : null;

    public string Text() => MaybeText() ?? throw Damaged();

    public DeviceId? MaybeDevice() =>
        Said(_devices, static from => new DeviceId(new Guid(from.Take(16), bigEndian: true)), out DeviceId device) ? device : null;

    public DeviceId Device() => MaybeDevice() ?? throw Damaged();

    public DateTimeOffset? Time() =>
        Said(_times, static from => new DateTimeOffset((long)from.Number(), TimeSpan.Zero), out DateTimeOffset time) ? time : null;

    public Ipv4Address Address() => new(BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))));

    public Prefix Prefix() => new(Address(), Octet());

    public ImmutableArray<T> List<T>(Func<CompactReader, T> read)
    {
        int count = Int();
        if (count == 0) return [];
        if (count > octets.Length - _at) throw Damaged(); // each has an octet at least
        var values = ImmutableArray.CreateBuilder<T>(count);
        for (; count > 0; count--) values.Add(read(this));
        return values.MoveToImmutable();
    }

    /// <summary>False: there is none.</summary>
    public bool Said<T>(List<T> said, Func<CompactReader, T> read, out T? value)
    {
        int number = Int();
        if (number - 2 >= said.Count) throw Damaged();
        value = number switch { 0 => default, 1 => read(this), _ => said[number - 2] };
        if (number == 1) said.Add(value!);
        return number != 0;
    }

    public void ExpectEnd()
    {
        if (_at != octets.Length) throw Damaged();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > octets.Length - _at) throw Damaged();
        _at += count;
        return octets.AsSpan(_at - count, count);
    }
}
