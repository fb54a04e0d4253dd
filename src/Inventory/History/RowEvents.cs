using System.Globalization;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// The rows by which two snapshots of one device differ, as events. Rows are compared only where the same sources told them, and whole: a
/// table that was not read is no table without rows.
/// </summary>
internal static class RowEvents
{
    /// <summary>So many changes of one table are told one by one; more are one event that says how many.</summary>
    public const int MostOfATable = 1000;

    /// <param name="here">The device and the time; its kind does not count.</param>
    public static IEnumerable<NetworkEvent> Between(NetworkEvent here, DeviceSnapshot before, DeviceSnapshot after) =>
        FactLayout.All.Where(layout => layout.Change == RowChange.Event)
            .SelectMany(layout => OfTable(here with { Table = layout.Name }, layout, before, after));

    private static IEnumerable<NetworkEvent> OfTable(NetworkEvent here, FactLayout layout, DeviceSnapshot before, DeviceSnapshot after)
    {
        TableReading[] lostBefore = [.. Lost(layout, before)], lostAfter = [.. Lost(layout, after)];
        if (!AreSame(lostBefore, lostAfter))
        {
            return Array.Find(lostAfter, reading => !Array.Exists(lostBefore, other => IsSame(reading, other))) is { } lost
                ? [here with { Kind = EventKind.TableUnread, Reason = Words(lost) }]
                : [here with { Kind = EventKind.TableReadAgain, Reason = "What changed since it was last read whole is not known." }];
        }
        if (Array.Exists(lostAfter, reading => reading.Outcome == ReadingOutcome.Truncated)) return [];
        TableDifference difference = layout.Differences(before, after, MostOfATable);
        return difference.Rows is { } rows
            ? rows.Select(row => Of(here, row))
            : [here with { Kind = EventKind.TableChanged, Reason = Words(difference) }];
    }

    private static NetworkEvent Of(NetworkEvent here, RowDifference difference) => here with
    {
        Kind = difference switch
        {
            { Before: null } => EventKind.RowAdded,
            { After: null } => EventKind.RowRemoved,
            _ => EventKind.RowChanged,
        },
        Row = [.. difference.Key],
        Before = difference.Before is { } before ? [.. before] : null,
        After = difference.After is { } after ? [.. after] : null,
    };

    private static string Words(TableReading lost) =>
        $"{lost.Source.MibName}{(lost.Context.Length > 0 ? $" of {lost.Context}" : "")}: {lost.Reason}";

    private static string Words(TableDifference difference) => string.Create(CultureInfo.InvariantCulture,
        $"{difference.Gone} rows are not as they were, {difference.Come} are new or other.");

    /// <summary>Readings that may have left rows out.</summary>
    private static IEnumerable<TableReading> Lost(FactLayout layout, DeviceSnapshot snapshot) =>
        snapshot.Readings.Where(reading => reading.IsInPart && reading.IsOf(layout));

    private static bool AreSame(TableReading[] some, TableReading[] others) =>
        some.Length == others.Length && Array.TrueForAll(some, one => Array.Exists(others, other => IsSame(one, other)));

    private static bool IsSame(TableReading one, TableReading other) =>
        one.Source == other.Source && one.Context == other.Context
            && one.Outcome == ReadingOutcome.Truncated == (other.Outcome == ReadingOutcome.Truncated);
}
