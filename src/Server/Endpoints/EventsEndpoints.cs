using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/event</c>: what changed in the network, in the order in which it was noticed.</summary>
internal static class EventsEndpoints
{
    /// <summary>Each page passes over all that came before it, so those of a file are large.</summary>
    private const int FilePage = 10_000;

    private static readonly string[] s_columns =
        ["id", "timestamp", "since", "kind", "deviceId", "deviceName", "table", "row", "before", "after", "reason"];

    /// <summary>What the query may say of which events are wanted.</summary>
    internal static IReadOnlyList<string> Keys { get; } = ["deviceId", "kind", "table", "startTime", "endTime"];

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/event", ListAsync).AsList()
            .GivesList<EventItem>("What changed in the network, in the order in which it was noticed.",
                [.. Keys, .. QueryKeys.Order, "format", .. QueryKeys.Page]).AlsoAsCsv();
        api.MapGet("/event/count", CountAsync).AsList()
            .Gives<int>("How many events there are.", Keys);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IHistoryStore history, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        bool isCsv = query.Word("format", "json", "csv") is "csv";
        bool isWhole = isCsv && query.Text("limit") is null; // a file is whole unless a part is asked for
        EventFilter filter = Filter(query) with
        {
            SortBy = query.Choice("sortBy", ("timestamp", EventOrder.Number), ("kind", EventOrder.Kind),
                ("deviceName", EventOrder.DeviceName), ("table", EventOrder.Table)),
            Descending = query.Descending(),
            Skip = page.Skip,
            Take = isWhole ? FilePage : page.Limit,
        };
        query.Validate();
        if (isCsv) return new CsvAnswer("events", s_columns, PagesAsync(history, filter, isWhole, cancellationToken).Select(Line));
        return Answers.Ok(Rendered.Of(await history.EventsAsync(filter, cancellationToken), Item));
    }

    private static async Task<IResult> CountAsync(HttpRequest request, IHistoryStore history, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request);
        EventFilter filter = Filter(query);
        query.Validate();
        return Answers.Ok(await history.CountEventsAsync(filter, cancellationToken));
    }

    /// <param name="isWhole">Also what follows the first page.</param>
    private static async IAsyncEnumerable<NetworkEvent> PagesAsync(
        IHistoryStore history, EventFilter filter, bool isWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (; ; filter = filter with { Skip = filter.Skip + filter.Take })
        {
            ImmutableArray<NetworkEvent> page = await history.EventsAsync(filter, cancellationToken);
            foreach (NetworkEvent happened in page) yield return happened;
            if (!isWhole || page.Length < filter.Take) yield break;
        }
    }

    private static IEnumerable<string?> Line(NetworkEvent happened) =>
    [
        happened.Number.ToString(CultureInfo.InvariantCulture), CsvText.Time(happened.At), CsvText.Time(happened.Since),
        EventKindWords.Of(happened.Kind), happened.Device?.ToString(), happened.DeviceName, happened.Table, Words(happened.Row),
        Words(happened.Before), Words(happened.After), happened.Reason,
    ];

    private static string? Words(ImmutableArray<RowCell>? cells) =>
        cells is { } told ? string.Join("; ", told.Select(cell => $"{cell.Column} {cell.Text}")) : null;

    internal static EventFilter Filter(QueryReader query) => new()
    {
        Device = query.Device("deviceId"),
        Kind = query.Word("kind", [.. EventKindWords.All]) is { } word && EventKindWords.TryParse(word, out EventKind kind) ? kind : null,
        Table = query.Word("table", [.. FactLayout.All.Where(layout => layout.Change == RowChange.Event).Select(layout => layout.Name)]),
        From = query.Time("startTime"),
        To = query.Time("endTime"),
    };

    internal static EventItem Item(NetworkEvent happened) => new()
    {
        Id = happened.Number.ToString(CultureInfo.InvariantCulture),
        Timestamp = happened.At.ToUnixTimeMilliseconds(),
        Since = happened.Since?.ToUnixTimeMilliseconds(),
        Kind = EventKindWords.Of(happened.Kind),
        DeviceId = happened.Device?.ToString(),
        DeviceName = happened.DeviceName.Length == 0 ? null : happened.DeviceName,
        Table = happened.Table,
        Row = happened.Row.IsEmpty ? null : Cells(happened.Row),
        Before = happened.Before is { } before ? Cells(before) : null,
        After = happened.After is { } after ? Cells(after) : null,
        Reason = happened.Reason,
    };

    /// <summary>A dictionary that nothing was taken out of keeps the order.</summary>
    private static Dictionary<string, string> Cells(ImmutableArray<RowCell> cells) =>
        cells.ToDictionary(cell => cell.Column, cell => cell.Text);
}
