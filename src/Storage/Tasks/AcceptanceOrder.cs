namespace Towpath.Storage;

/// <summary>
/// Tasks that are accepted side by side get their places in the table by chance, and then start times that agree: the table's own order
/// is that of the start times, without an index for which every acceptance would have to pay. A clock that was put back is believed.
/// </summary>
internal sealed class AcceptanceOrder
{
    private const long SideBySide = 1_000; // ms

    private long _last;

    /// <returns>Epoch milliseconds.</returns>
    public long StartTime(DateTimeOffset asked)
    {
        long start = asked.ToUnixTimeMilliseconds();
        if (_last - start is < 0 or > SideBySide) _last = start;
        return _last;
    }
}
