using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>How often devices are read again on their own. What is set is the interval of the rest, and no tier waits longer.</summary>
public static class Intervals
{
    /// <summary>Of a whole collection, where nobody has set another.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromDays(1);

    /// <summary>A device is asked whether it is there as often, so that nothing is gained by less.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMinutes(5);

    public static TimeSpan Most { get; } = TimeSpan.FromDays(7);

    /// <summary>Between two questions whether a device is there.</summary>
    public static TimeSpan Pulse { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The same while it is in doubt: it missed one, or answers again.</summary>
    public static TimeSpan PulseInDoubt { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A tier is brought forward once in that time at most; what failed or had to wait is tried again after it.</summary>
    public static TimeSpan BetweenChanges { get; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// No device is left alone for longer: what is planned for later than that was planned by a clock that has been put back since. Nine
    /// times the longest reading are 135 minutes.
    /// </summary>
    public static TimeSpan LongestPlan { get; } = TimeSpan.FromHours(3);

    /// <summary>The devices to be read are dealt out in so many parts; each is one process's at a time. For good.</summary>
    public const int Shards = 128;

    /// <summary>0 to <see cref="Shards"/> - 1, for good.</summary>
    public static int ShardOf(DeviceId device) => (int)(Hash(device) / 1000 % Shards); // not in step with the spread

    /// <param name="set">Not zero, which is off.</param>
    public static TimeSpan Of(CollectionTier tier, TimeSpan set)
    {
        TimeSpan usual = tier switch
        {
            CollectionTier.Learned => TimeSpan.FromMinutes(30),
            CollectionTier.Routes => TimeSpan.FromHours(2),
            _ => set,
        };
        return usual < set ? usual : set;
    }

    /// <summary>
    /// Up to a tenth of the interval, the same for a device each time: devices that were found together are not read together for ever.
    /// </summary>
    public static TimeSpan Spread(DeviceId device, TimeSpan interval) => interval / 10 * (Hash(device) % 1000 / 1000.0);

    // Of octets: hash codes of the framework differ from process to process.
    private static uint Hash(DeviceId device) =>
        device.Value.ToByteArray().Aggregate(2166136261u, (hash, octet) => unchecked((hash ^ octet) * 16777619));
}
