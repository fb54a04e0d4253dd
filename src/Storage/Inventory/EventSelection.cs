using Towpath.Inventory;

namespace Towpath.Storage;

/// <summary>A filter of events over the columns of <c>event</c>.</summary>
internal static class EventSelection
{
    public static Selection Of(EventFilter filter) => new(
        new Conditions()
            .When("device_id", Comparison.Equal, filter.Device?.Value)
            .When("kind", Comparison.Equal, filter.Kind is { } kind ? EventKindWords.Of(kind) : null)
            .When("table_name", Comparison.Equal, filter.Table)
            .When("number", Comparison.Greater, filter.After)
            .When("at", Comparison.AtLeast, filter.From?.ToUnixTimeMilliseconds())
            .When("at", Comparison.AtMost, filter.To?.ToUnixTimeMilliseconds())
            .ToImmutable(),
        Column(filter.SortBy), filter.Descending, filter.Skip, filter.Take);

    /// <returns>Null: in the order in which they were stored.</returns>
    private static string? Column(EventOrder order) => order switch
    {
        EventOrder.Kind => "kind",
        EventOrder.DeviceName => "device_name",
        EventOrder.Table => "table_name",
        _ => null,
    };
}
