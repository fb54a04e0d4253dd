namespace Towpath.Network;

/// <summary>Arithmetic on sysUpTime (RFC 3418): hundredths of a second in 32 bits.</summary>
public static class UpTime
{
    /// <summary>
    /// In the quarter of an hour that a walk takes at most, and by what agents that renew sysUpTime now and then are late.
    /// </summary>
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>
    /// It has advanced by less than the time between two looks, or went back. It also goes back when its 32 bits wrap after 497 days; a
    /// clock that stands still, or that is not told, says nothing.
    /// </summary>
    public static bool HasRestarted(uint? before, uint? after, TimeSpan elapsed)
    {
        if (before is not { } first || after is not { } last || last == first) return false;
        TimeSpan advance = Of(unchecked(last - first));
        return advance < elapsed - s_clocksDiffer || last < first && advance > elapsed + s_clocksDiffer;
    }

    /// <summary>The time of so many ticks.</summary>
    public static TimeSpan Of(long ticks) => TimeSpan.FromMilliseconds(10.0 * ticks);
}
