using System.Collections.Immutable;
using System.Reflection;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Tables that are read together, one file each: what the first question asks for, and how they are read. Whoever adds such a file has
/// added the source: <see cref="All"/> finds it.
/// </summary>
/// <param name="tables">Every device is asked whether it has rows in them; empty where other answers tell whether to ask.</param>
internal sealed class SnmpSource(TableSpec[] tables, Func<CollectionRun, CancellationToken, Task> readAsync)
{
    /// <summary>In an order in which each finds what it needs; else in that of their object identifiers.</summary>
    public static ImmutableArray<SnmpSource> All { get; } = [.. InOrder(Find())];

    public TableSpec[] Tables => tables;

    /// <summary>What must be read before, because these tables name its rows, or because it is believed first.</summary>
    public FactSource[] After { get; init; } = [];

    public Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => readAsync(run, cancellationToken);

    private static IEnumerable<SnmpSource> Find() => typeof(SnmpSource).Assembly.GetTypes()
        .Select(type => type.GetProperty("Source", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(SnmpSource))
        .Select(property => (SnmpSource)property!.GetValue(null)!);

    private static IEnumerable<SnmpSource> InOrder(IEnumerable<SnmpSource> found)
    {
        List<SnmpSource> waiting =
            [.. found.OrderBy(source => source.Tables.Length == 0).ThenBy(source => source.Tables.FirstOrDefault()?.Entry)];
        while (waiting.Count > 0)
        {
            SnmpSource next = waiting.Find(source =>
                !waiting.Exists(other => other != source && other.Tables.Any(table => source.After.Contains(table.Source))))
                ?? throw new InvalidOperationException("Some tables wait for each other.");
            waiting.Remove(next);
            yield return next;
        }
    }
}
