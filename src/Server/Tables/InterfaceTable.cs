using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// <c>interfaces</c>: the facts of each, and behind them what its counters told in the last interval. That is of now alone: at an earlier
/// time these cells have no value.
/// </summary>
internal sealed class InterfaceTable() : NetworkTable(
    Interface.Layout.Name, [.. Interface.Layout.ColumnNames, .. s_load.Select(column => column.Name)])
{
    /// <summary>Devices whose counters are fetched together.</summary>
    private const int AtOnce = 32;

    private static readonly ImmutableArray<LoadColumn> s_load =
    [
        LoadColumn.Number("rateIn", (load, _, _) => load.RateIn),
        LoadColumn.Number("rateOut", (load, _, _) => load.RateOut),
        LoadColumn.Number("utilizationIn", (load, _, speed) => Percent(load.RateIn, speed)),
        LoadColumn.Number("utilizationOut", (load, _, speed) => Percent(load.RateOut, speed)),
        LoadColumn.Number("errorsIn", (load, _, _) => load.ErrorsIn),
        LoadColumn.Number("errorsOut", (load, _, _) => load.ErrorsOut),
        LoadColumn.Number("discardsIn", (load, _, _) => load.DiscardsIn),
        LoadColumn.Number("discardsOut", (load, _, _) => load.DiscardsOut),
        LoadColumn.Number("lost", (load, _, _) => load.Lost),
        LoadColumn.Words("countedFrom", (_, device, _) => CsvText.Time(device.From)),
        LoadColumn.Words("countedTo", (_, device, _) => CsvText.Time(device.At)),
        LoadColumn.Words("lastUsed",
            (load, _, _) => load.LastUsed is { } used ? CsvText.Time(used) : $"not since {CsvText.Time(load.Since)}"),
        LoadColumn.Number("unusedDays", (load, device, _) => Math.Max(0, (long)(device.At - load.UnusedSince).TotalDays)),
    ];

    private static readonly int s_facts = Interface.Layout.Columns.Length;
    private static readonly int s_name = PlaceOf("name"), s_speed = PlaceOf("speed");

    public override ImmutableArray<string> Key => Interface.Layout.Key;

    public override FactLayout Layout => Interface.Layout;

    public override CellRange? RangeOf(int column, string text) =>
        column < s_facts ? Interface.Layout.RangeOf(column, text) : s_load[column - s_facts].IsNumber ? CellRange.OfNumbers(text) : null;

    public override async IAsyncEnumerable<DeviceRow> RowsAsync(
        PastNetwork.Moment network, TableQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (NetworkDevice[] some in network.DevicesAsync(question.IsOf, [Interface.Layout], cancellationToken)
            .Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            ImmutableDictionary<DeviceId, DeviceLoad> loads = await network.LoadsAsync(some, cancellationToken);
            foreach (NetworkDevice device in some)
            {
                DeviceLoad? load = loads.GetValueOrDefault(device.Id);
                Predicate<TextRow> isWanted = question.RowsOf(device);
                foreach (TextRow facts in Interface.Layout.TextsIn(device.Snapshot, row => isWanted(new Row(row, load))))
                    yield return new DeviceRow(device, new Row(facts, load));
            }
        }
    }

    private static long? Percent(long? rate, long speed) =>
        Utilization.Percent(rate, speed) is { } percent ? (long)Math.Round(percent) : null;

    private static int PlaceOf(string name) => Interface.Layout.ColumnNames.ToList().IndexOf(name);

    private sealed class Row(TextRow facts, DeviceLoad? device) : TextRow
    {
        public override string? Text(int column)
        {
            if (column < s_facts) return facts.Text(column);
            return Load is { } load ? s_load[column - s_facts].Text(load, device!, Speed) : null;
        }

        public override long? Number(int column)
        {
            if (column < s_facts) return facts.Number(column);
            return Load is { } load ? s_load[column - s_facts].Value(load, device!, Speed) : null;
        }

        /// <summary>Looked up where it is asked for: most conditions are of facts.</summary>
        private InterfaceLoad? Load => device?.Of(facts.Text(s_name) ?? "");

        private long Speed => facts.Number(s_speed) ?? 0;
    }

    private sealed record LoadColumn(
        string Name, bool IsNumber, Func<InterfaceLoad, DeviceLoad, long, string?> Text, Func<InterfaceLoad, DeviceLoad, long, long?> Value)
    {
        public static LoadColumn Number(string name, Func<InterfaceLoad, DeviceLoad, long, long?> value) => new(
            name, true, (load, device, speed) => value(load, device, speed)?.ToString(CultureInfo.InvariantCulture),
            value);

        public static LoadColumn Words(string name, Func<InterfaceLoad, DeviceLoad, long, string?> text) =>
            new(name, false, text, (_, _, _) => null);
    }
}
