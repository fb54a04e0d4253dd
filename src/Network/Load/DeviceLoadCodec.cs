using System.Collections.Immutable;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// The stored form of a <see cref="DeviceLoad"/>: a version octet, then the values one after another, numbers in 7-bit groups. A value
/// that is not known is 0, others are one more than they are. Times are epoch milliseconds.
/// </summary>
public static class DeviceLoadCodec
{
    private const byte Version = 1;

    public static byte[] Encode(DeviceLoad load)
    {
        using var octets = new MemoryStream();
        using var to = new BinaryWriter(octets, Encoding.UTF8);
        to.Write(Version);
        Write(to, load.From);
        Write(to, load.At);
        Write(to, load.UpTimeTicks);
        to.Write7BitEncodedInt(load.Interfaces.Length);
        foreach (InterfaceLoad one in load.Interfaces)
        {
            to.Write(one.Name);
            Write(to, one.Since);
            Write(to, one.LastUsed);
            foreach (long? number in (long?[])[one.RateIn, one.RateOut, one.ErrorsIn, one.ErrorsOut, one.DiscardsIn, one.DiscardsOut])
                Write(to, number);
            InterfaceCounts last = one.Last;
            to.Write(last.Has64Bits);
            foreach (long? number in (long?[])[last.InOctets, last.OutOctets, last.InErrors, last.OutErrors, last.InDiscards,
                last.OutDiscards, last.DiscontinuityTicks, last.LastChangeTicks, last.Speed])
                Write(to, number);
            Write(to, last.SeenDownAt);
        }
        to.Flush();
        return octets.ToArray();
    }

    /// <summary>Null when the octets are damaged or of another version: the next readings tell anew.</summary>
    public static DeviceLoad? Decode(byte[] octets)
    {
        try
        {
            using var from = new BinaryReader(new MemoryStream(octets), Encoding.UTF8);
            if (from.ReadByte() != Version) return null;
            DateTimeOffset? began = Time(from);
            if (Time(from) is not { } at) return null;
            uint? upTime = (uint?)Number(from);
            int count = from.Read7BitEncodedInt();
            if (count < 0 || count > octets.Length) return null;
            var interfaces = ImmutableArray.CreateBuilder<InterfaceLoad>(count);
            for (int i = 0; i < count; i++) interfaces.Add(Interface(from, at));
            return new DeviceLoad(began, at, upTime, interfaces.MoveToImmutable());
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static InterfaceLoad Interface(BinaryReader from, DateTimeOffset at)
    {
        string name = from.ReadString();
        DateTimeOffset since = Time(from) ?? at;
        return new InterfaceLoad(new InterfaceCounts(name), since)
        {
            LastUsed = Time(from),
            RateIn = Number(from),
            RateOut = Number(from),
            ErrorsIn = Number(from),
            ErrorsOut = Number(from),
            DiscardsIn = Number(from),
            DiscardsOut = Number(from),
            Last = new InterfaceCounts(name)
            {
                Has64Bits = from.ReadBoolean(),
                InOctets = Number(from),
                OutOctets = Number(from),
                InErrors = Number(from),
                OutErrors = Number(from),
                InDiscards = Number(from),
                OutDiscards = Number(from),
                DiscontinuityTicks = Number(from),
                LastChangeTicks = Number(from),
                Speed = Number(from) ?? 0,
                SeenDownAt = Time(from),
            },
        };
    }

    // One more than the highest number is the lowest, which is read back as well.
    private static void Write(BinaryWriter to, long? number) => to.Write7BitEncodedInt64(number is { } known ? unchecked(known + 1) : 0);

    private static void Write(BinaryWriter to, DateTimeOffset? time) => Write(to, time?.ToUnixTimeMilliseconds());

    private static long? Number(BinaryReader from) => from.Read7BitEncodedInt64() is not 0 and var stored ? unchecked(stored - 1) : null;

    private static DateTimeOffset? Time(BinaryReader from) =>
        Number(from) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
