using System.Collections.Immutable;
using System.Reflection;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// What is read of a device together: tables of a MIB, the output of a command, a file. It puts its rows into the run's draft and notes how
/// each reading went, so that evidence and coverage name it as they name a table. Whoever adds such a source, one file each, has added it:
/// <see cref="All"/> finds it.
/// </summary>
/// <param name="tells">What its rows name as their source.</param>
internal class DeviceSource(FactSource[] tells, Func<CollectionRun, CancellationToken, Task> readAsync)
{
    /// <summary>
    /// In an order in which each finds what it needs; else tables in that of their object identifiers, before all others.
    /// </summary>
    public static ImmutableArray<DeviceSource> All { get; } = [.. InOrder(Find())];

    public FactSource[] Tells => [.. tells, .. Besides];

    /// <summary>What it asks only where other answers lead to it, and notes all the same.</summary>
    public FactSource[] Besides { get; init; } = [];

    /// <summary>With what it is read again: that of its facts which go stale the soonest.</summary>
    public CollectionTier Tier => Tells.Max(CollectionTiers.Of) ?? CollectionTier.Rest;

    /// <summary>
    /// The sources to read before: their rows name its rows, or their order in the draft follows that of <see cref="FactLayout.Sources"/>.
    /// </summary>
    public FactSource[] After { get; init; } = [];

    /// <summary>The first table that every device is asked for; null where there is none.</summary>
    protected virtual ObjectIdentifier? Entry => null;

    /// <summary>False where the device's answers so far say already that there is nothing to ask for.</summary>
    public virtual bool CostsARequest(CollectionRun run) => true;

    public Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => readAsync(run, cancellationToken);

    private static IEnumerable<DeviceSource> Find() => typeof(DeviceSource).Assembly.GetTypes()
        .Select(type => type.GetProperty("Source", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType.IsAssignableTo(typeof(DeviceSource)) == true)
        .Select(property => (DeviceSource)property!.GetValue(null)!);

    private static IEnumerable<DeviceSource> InOrder(IEnumerable<DeviceSource> found)
    {
        List<DeviceSource> waiting =
            [.. found.OrderBy(source => source.Entry is null).ThenBy(source => source.Entry)];
        while (waiting.Count > 0)
        {
            DeviceSource next = waiting.Find(source =>
                !waiting.Exists(other => other != source && other.Tells.Any(told => source.After.Contains(told))))
                ?? throw new InvalidOperationException("Some sources wait for each other.");
            waiting.Remove(next);
            yield return next;
        }
    }
}
