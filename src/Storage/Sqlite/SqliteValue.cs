using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// The values of parameters as they stand in the file. An id is 16 octets in network order, so that ids of version 7 sort by time; times
/// are epoch milliseconds, durations milliseconds, flags 0 and 1, addresses numbers.
/// </summary>
internal static class SqliteValue
{
    /// <returns>A text, octets, a long, a double or null.</returns>
    /// <exception cref="ArgumentException">It is none of the kinds of values that are stored.</exception>
    public static object? Of(object? value) => value switch
    {
        null or string or byte[] or long or double => value,
        int number => (long)number,
        uint number => (long)number,
        bool flag => flag ? 1L : 0L,
        Guid id => id.ToByteArray(bigEndian: true),
        TaskId id => Of(id.Value),
        FlowAnalysisId id => Of(id.Value),
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        TimeSpan duration => (long)duration.TotalMilliseconds,
        ImmutableArray<byte> octets => ImmutableCollectionsMarshal.AsArray(octets) ?? [],
        _ => throw new ArgumentException(
            $"A {value.GetType().Name} is no SQL value; give a text, a number, a flag, a time, an id, octets or null."),
    };

    public static Guid Id(ReadOnlySpan<byte> octets) => new(octets, bigEndian: true);
}
