using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Values one after the other, without names: numbers in seven bits an octet, the lowest first. What a trace says again and again (texts,
/// devices, times) stands there once: 0 is none, 1 comes before a new one, and any other number is that of an earlier one of its kind, in
/// their order, and 2.
/// </summary>
internal sealed class CompactWriter
{
    private const int InitialOctets = 8 * 1024;
    private const int MostOctetsOfNumber = 10;
    private const int UsualTexts = 128;

    private readonly Dictionary<string, int> _texts = new(UsualTexts, StringComparer.Ordinal);
    private readonly Dictionary<DeviceId, int> _devices = [];
    private readonly Dictionary<long, int> _times = [];
    private byte[] _octets = new byte[InitialOctets];
    private int _length;

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, _length);

    public void Octet(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    public void Number(ulong value)
    {
        Span<byte> room = Room(MostOctetsOfNumber);
        int octets = 0;
        for (; value >= 0x80; value >>= 7) room[octets++] = (byte)(value | 0x80);
        room[octets++] = (byte)value;
        _length += octets;
    }

    public void Number(long value) => Number(checked((ulong)value));

    public void Flag(bool value) => Octet(value ? (byte)1 : (byte)0);

    public void Real(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        _length += sizeof(double);
    }

    public void Text(string? value)
    {
        if (value is null) Number(0);
        else if (IsNew(_texts, value))
        {
            int octets = Encoding.UTF8.GetByteCount(value);
            Number(octets);
            _length += Encoding.UTF8.GetBytes(value, Room(octets));
        }
    }

    public void Device(DeviceId? value)
    {
        if (value is not { } device) Number(0);
        else if (IsNew(_devices, device))
        {
            device.Value.TryWriteBytes(Room(16), bigEndian: true, out int written);
            _length += written;
        }
    }

    /// <summary>To the tick, in UTC.</summary>
    public void Time(DateTimeOffset? value)
    {
        if (value is not { } time) Number(0);
        else if (IsNew(_times, time.UtcTicks)) Number(time.UtcTicks);
    }

    public void Address(Ipv4Address value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Room(sizeof(uint)), value.Bits);
        _length += sizeof(uint);
    }

    public void Prefix(Prefix value)
    {
        Address(value.Network);
        Octet((byte)value.Length);
    }

    public void List<T>(ImmutableArray<T> values, Action<CompactWriter, T> write)
    {
        if (values.IsDefault) values = [];
        Number(values.Length);
        foreach (T value in values) write(this, value);
    }

    /// <summary>False: it was said before, and its number is written now. Else its content follows.</summary>
    public bool IsNew<T>(Dictionary<T, int> said, T value) where T : notnull
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(said, value, out bool wasSaid);
        if (!wasSaid) number = said.Count + 1;
        Number(wasSaid ? number : 1);
        return !wasSaid;
    }

    private Span<byte> Room(int octets)
    {
        if (_octets.Length - _length < octets) Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + octets));
        return _octets.AsSpan(_length);
    }
}
