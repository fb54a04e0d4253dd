using System.Net;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Rates out of two readings of the octet counters: the previous one is remembered for each interface, for a while and up to a number.
/// </summary>
internal sealed class OctetRates(TimeProvider time)
{
    private const int MaxRemembered = 50_000; // the least recently read give way
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(15);

    /// <summary>Agents refresh their counters every second or so; over less, two readings may be the same or twice as far apart.</summary>
    private static readonly TimeSpan s_minAge = TimeSpan.FromSeconds(5);

    /// <summary>A 32-bit counter may have wrapped unseen after that, at 1 Gbit/s.</summary>
    private static readonly TimeSpan s_maxAgeOf32Bits = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(IPEndPoint, IfIndex), Reading> _previous = [];

    /// <summary>Bits a second since the previous reading; null without one that can be compared.</summary>
    public (long? Input, long? Output) Since(IPEndPoint device, IfIndex index, InterfaceCounters counters)
    {
        if (counters.InputOctets is not { } input || counters.OutputOctets is not { } output) return (null, null);
        var now = new Reading(time.GetTimestamp(), input, output, counters.Has64Bits, counters.UpTimeTicks, counters.DiscontinuityTicks,
            null, null);
        lock (_gate)
        {
            bool known = _previous.TryGetValue((device, index), out Reading? before);
            TimeSpan age = known ? time.GetElapsedTime(before!.At, now.At) : s_maxAge;
            if (known && age < s_minAge)
                return (before!.InputRate, before.OutputRate); // asked again at once: the rates of a moment ago still hold
            if (known && age <= (now.Has64Bits ? s_maxAge : s_maxAgeOf32Bits) && now.Continues(before!, age))
                now = now with { InputRate = Rate(before!.Input, input, age, now.Has64Bits),
                    OutputRate = Rate(before.Output, output, age, now.Has64Bits) };
            if (!known && _previous.Count >= MaxRemembered) Forget();
            _previous[(device, index)] = now;
        }
        return (now.InputRate, now.OutputRate);
    }

    /// <summary>Null when the counter went back: the device restarted, or somebody cleared it.</summary>
    private static long? Rate(long before, long now, TimeSpan age, bool has64Bits)
    {
        long octets = now - before;
        if (octets < 0 && !has64Bits && before > uint.MaxValue / 2) octets += 1L << 32;
        return octets < 0 ? null : (long)(octets * 8.0 / age.TotalSeconds);
    }

    private void Forget()
    {
        foreach ((IPEndPoint, IfIndex) oldest in _previous.OrderBy(entry => entry.Value.At).Take(MaxRemembered / 10)
            .Select(entry => entry.Key).ToArray())
            _previous.Remove(oldest);
    }

    private sealed record Reading(
        long At, long Input, long Output, bool Has64Bits, uint? UpTime, long? Discontinuity, long? InputRate, long? OutputRate)
    {
        /// <summary>The counters have counted on: none began anew in between, which a busy one hides soon.</summary>
        public bool Continues(Reading before, TimeSpan age) => Has64Bits == before.Has64Bits && Discontinuity == before.Discontinuity
            && !Network.UpTime.HasRestarted(before.UpTime, UpTime, age);
    }
}
