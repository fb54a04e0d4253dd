using System.Globalization;

namespace Towpath.Collection;

/// <summary>
/// Looks after a device while it is read again: asked before each table, it says when the others have to wait. It costs a device one
/// object a table, and now and then its load.
/// </summary>
internal sealed class Restraint(CollectionRun run, TimeSpan? usual, Func<CancellationToken, Task<CpuStatistics?>> readLoad)
{
    /// <summary>A device that takes so many times as long as usual has something better to do.</summary>
    public const int Slower = 4;

    /// <summary>Percent.</summary>
    public const int HighestLoad = 80;

    /// <summary>
    /// Answers are not slow below that, however quick they are usually: they wait for each other in any switch on the way.
    /// </summary>
    public static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_betweenLoads = TimeSpan.FromSeconds(10);

    private TimeSpan? _loadAt;

    /// <summary>Null: go on.</summary>
    public async Task<string?> WhyWaitAsync(CancellationToken cancellationToken)
    {
        if (run.Lost is not null) return null;
        if (usual is { } median && await run.TakesAsync(cancellationToken) is { } took && took > Unnoticed && took > Slower * median)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"the device took {took.TotalMilliseconds:0} ms for an answer and takes {median.TotalMilliseconds:0} ms usually, so the "
                    + $"rest was left for later.");
        }
        if (_loadAt is { } last && run.Elapsed - last < s_betweenLoads) return null;
        _loadAt = run.Elapsed;
        // The mean of a minute: what we ask shows in that of five seconds.
        double? load = await readLoad(cancellationToken) is { } cpu ? cpu.OneMinute ?? cpu.FiveMinutes ?? cpu.FiveSeconds : null;
        return load > HighestLoad
            ? string.Create(CultureInfo.InvariantCulture, $"the device's CPU is busy ({load:0} %), so the rest was left for later.") : null;
    }
}
