namespace Towpath.Server;

/// <summary>Bounds what others can write into the log: 10 lines a minute. The first line after it counts what was left out.</summary>
internal sealed class LogLimit(TimeProvider time)
{
    private const int MostLines = 10;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private int _lines;
    private int _leftOut;

    /// <summary>Null: leave this line out. Otherwise what to end it with, empty most of the time.</summary>
    public string? Next()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_since) >= s_minute) (_since, _lines) = (time.GetTimestamp(), 0);
            if (_lines == MostLines)
            {
                _leftOut++;
                return null;
            }
            _lines++;
            string ending = _leftOut == 0 ? "" : $" ({_leftOut} more like this were not logged)";
            _leftOut = 0;
            return ending;
        }
    }
}
