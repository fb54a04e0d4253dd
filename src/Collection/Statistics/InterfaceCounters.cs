using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// One GET of an interface's state and counters: IF-MIB's 64-bit counters, the 32-bit ones where those are not served, and Cisco's own
/// rates.
/// </summary>
internal sealed class InterfaceCounters(SnmpResponse answer, IfIndex index)
{
    private static readonly ObjectIdentifier s_ifEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1");
    private static readonly ObjectIdentifier s_ifXEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.1.1");
    private static readonly ObjectIdentifier s_locIfEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.2.2.1.1");

    private const uint Admin = 7, Oper = 8, InOctets = 10, InUnicast = 11, InNonUnicast = 12, InDiscard = 13, InError = 14,
        OutOctets = 16, OutUnicast = 17, OutNonUnicast = 18, OutDiscard = 19, OutError = 20, SpeedColumn = 5;
    private const uint HcInOctets = 6, HcInUnicast = 7, HcInMulticast = 8, HcInBroadcast = 9, HcOutOctets = 10, HcOutUnicast = 11,
        HcOutMulticast = 12, HcOutBroadcast = 13, HighSpeed = 15, Discontinuity = 19;
    private const uint LocInBits = 6, LocOutBits = 8, LocInQueueDrops = 26;
    private const int Up = 1;

    private static readonly ObjectIdentifier s_sysUpTime = ObjectIdentifier.Parse("1.3.6.1.2.1.1.3.0");

    private readonly ScalarAnswers _values = new(answer);

    public static IReadOnlyList<ObjectIdentifier> ObjectsOf(IfIndex index) =>
    [
        .. Of(s_ifEntry, index, Admin, Oper, InOctets, InUnicast, InNonUnicast, InDiscard, InError,
            OutOctets, OutUnicast, OutNonUnicast, OutDiscard, OutError, SpeedColumn),
        .. Of(s_ifXEntry, index, HcInOctets, HcInUnicast, HcInMulticast, HcInBroadcast, HcOutOctets, HcOutUnicast, HcOutMulticast,
            HcOutBroadcast, HighSpeed, Discontinuity),
        s_sysUpTime,
        .. Of(s_locIfEntry, index, LocInBits, LocOutBits, LocInQueueDrops),
    ];

    /// <summary>An interface has a state at least.</summary>
    public bool Exists => Basic(Admin) is not null || Basic(Oper) is not null;

    public bool? AdminUp => Basic(Admin) is { } status ? status == Up : null;

    public bool? OperUp => Basic(Oper) is { } status ? status == Up : null;

    public long? InputPackets =>
        Sum(Extended(HcInUnicast), Extended(HcInMulticast), Extended(HcInBroadcast)) ?? Sum(Basic(InUnicast), Basic(InNonUnicast), null);

    public long? OutputPackets =>
        Sum(Extended(HcOutUnicast), Extended(HcOutMulticast), Extended(HcOutBroadcast))
            ?? Sum(Basic(OutUnicast), Basic(OutNonUnicast), null);

    public bool Has64Bits => Extended(HcInOctets) is not null && Extended(HcOutOctets) is not null;

    public long? InputOctets => Has64Bits ? Extended(HcInOctets) : Basic(InOctets);

    public long? OutputOctets => Has64Bits ? Extended(HcOutOctets) : Basic(OutOctets);

    public long? InputBitsPerSecond => _values.Number(At(s_locIfEntry, LocInBits));

    public long? OutputBitsPerSecond => _values.Number(At(s_locIfEntry, LocOutBits));

    public long? InputDiscards => Basic(InDiscard);

    public long? OutputDiscards => Basic(OutDiscard);

    public long? InputErrors => Basic(InError);

    public long? OutputErrors => Basic(OutError);

    /// <summary>Bits a second; 0 when it is not told.</summary>
    public long Speed => IfTable.SpeedOf(Basic(SpeedColumn) ?? 0, Extended(HighSpeed) ?? 0);

    /// <summary>sysUpTime when a counter last began anew for another reason than a restart; null when it is not told.</summary>
    public long? DiscontinuityTicks => Extended(Discontinuity);

    /// <summary>When the counters were read; null when it is not told.</summary>
    public uint? UpTimeTicks => _values.Number(s_sysUpTime) is >= 0 and <= uint.MaxValue and var ticks ? (uint)ticks : null;

    public long? InputQueueDrops => _values.Number(At(s_locIfEntry, LocInQueueDrops));

    /// <summary>Null without unicast packets; sticks at the highest number, whatever an agent claims.</summary>
    private static long? Sum(long? unicast, long? multicast, long? broadcast) =>
        unicast is null ? null : (long)Int128.Min((Int128)unicast.Value + (multicast ?? 0) + (broadcast ?? 0), long.MaxValue);

    private long? Basic(uint column) => _values.Number(At(s_ifEntry, column));

    private long? Extended(uint column) => _values.Number(At(s_ifXEntry, column));

    private ObjectIdentifier At(ObjectIdentifier entry, uint column) => entry.Append(column, (uint)index.Value);

    private static IEnumerable<ObjectIdentifier> Of(ObjectIdentifier entry, IfIndex index, params uint[] columns) =>
        columns.Select(column => entry.Append(column, (uint)index.Value));
}
