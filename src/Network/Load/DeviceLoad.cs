using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>What is kept of a device's interface counters: the last reading, and what was counted since the one before.</summary>
/// <param name="From">The time of the reading before: when the interval began. Null at the first.</param>
/// <param name="At">The time of the last reading: when the interval ended.</param>
/// <param name="UpTimeTicks">sysUpTime then; null when the device hides it.</param>
public sealed record DeviceLoad(DateTimeOffset? From, DateTimeOffset At, uint? UpTimeTicks, ImmutableArray<InterfaceLoad> Interfaces)
{
    /// <summary>Agents refresh their counters every second or so: a reading that comes sooner tells nothing new.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(5);

    private readonly Lazy<FrozenDictionary<string, InterfaceLoad>> _byName =
        new(() => Interfaces.GroupBy(one => one.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal));

    /// <summary>Null when the device told no counters of it.</summary>
    public InterfaceLoad? Of(string name) => _byName.Value.GetValueOrDefault(name);

    /// <summary>What is kept after another reading; <paramref name="before"/> itself when that tells nothing new.</summary>
    /// <param name="before">Null at the first.</param>
    public static DeviceLoad After(DeviceLoad? before, CountersReading reading)
    {
        TimeSpan elapsed = before is null ? TimeSpan.Zero : reading.At - before.At;
        if (before is not null && elapsed >= TimeSpan.Zero && elapsed < s_least) return before;
        bool isLater = before is not null && elapsed > TimeSpan.Zero; // else our clock was put back
        bool continues = isLater && !UpTime.HasRestarted(before!.UpTimeTicks, reading.UpTimeTicks, elapsed);
        return new DeviceLoad(isLater ? before!.At : null, reading.At, reading.UpTimeTicks,
            [.. reading.Interfaces.Select(now => After(before?.Of(now.Name), now, continues ? elapsed : null, reading))]);
    }

    /// <param name="elapsed">Null where the device's counters did not count on.</param>
    private static InterfaceLoad After(InterfaceLoad? before, InterfaceCounts now, TimeSpan? elapsed, CountersReading reading)
    {
        if (before is null)
            return Used(new InterfaceLoad(now, reading.At), reading);
        InterfaceCounts last = before.Last;
        bool countsOn = elapsed is not null && last.DiscontinuityTicks == now.DiscontinuityTicks && last.Has64Bits == now.Has64Bits;
        var load = new InterfaceLoad(now, before.Since) { LastUsed = before.LastUsed };
        // Counters that began anew are above zero only by what came in since.
        bool tookIn = countsOn ? now.InOctets is not null && last.InOctets is not null && now.InOctets != last.InOctets : now.InOctets > 0;
        if (tookIn) load = load with { LastUsed = reading.At };
        if (countsOn)
        {
            load = load with
            {
                RateIn = Rate(last.InOctets, now.InOctets, elapsed!.Value, now),
                RateOut = Rate(last.OutOctets, now.OutOctets, elapsed.Value, now),
                ErrorsIn = Counted(last.InErrors, now.InErrors),
                ErrorsOut = Counted(last.OutErrors, now.OutErrors),
                DiscardsIn = Counted(last.InDiscards, now.InDiscards),
                DiscardsOut = Counted(last.OutDiscards, now.OutDiscards),
            };
        }
        return Used(load, reading);
    }

    /// <summary>
    /// A change of state is a use, too. One from before we looked counts where the interface has been down since: nothing came in then.
    /// </summary>
    private static InterfaceLoad Used(InterfaceLoad load, CountersReading reading)
    {
        if (load.Last.LastChangeTicks is not > 0 || load.Last.LastChangeTicks > reading.UpTimeTicks || reading.UpTimeTicks is null)
            return load;
        DateTimeOffset changed = reading.At - UpTime.Of(reading.UpTimeTicks.Value - load.Last.LastChangeTicks.Value);
        bool isKnown = changed >= load.Since || load.Last.SeenDownAt >= changed;
        return isKnown && (load.LastUsed is null || changed > load.LastUsed) ? load with { LastUsed = changed } : load;
    }

    /// <summary>
    /// Bits a second; null when the counter went back, and where one of 32 bits may have wrapped more than once at the interface's speed.
    /// </summary>
    private static long? Rate(long? before, long? now, TimeSpan elapsed, InterfaceCounts counts)
    {
        const double WrapOctets = 1L << 32;
        if (before is not { } first || now is not { } last) return null;
        double octets = (double)last - first;
        if (!counts.Has64Bits)
        {
            if (counts.Speed <= 0 || counts.Speed / 8.0 * elapsed.TotalSeconds >= WrapOctets) return null;
            if (octets < 0) octets += WrapOctets;
        }
        return octets < 0 ? null : (long)Math.Min(octets * 8 / elapsed.TotalSeconds, long.MaxValue / 2);
    }

    /// <summary>Null when the counter went back: somebody cleared it.</summary>
    private static long? Counted(long? before, long? now) => now - before is >= 0 and var packets ? packets : null;
}
