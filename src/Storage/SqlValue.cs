using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The values of parameters as they are stored: times are epoch milliseconds, durations milliseconds, flags 0 and 1, addresses numbers.
/// How an id and a text are stored is the engine's affair.
/// </summary>
internal static class SqlValue
{
    /// <returns>A text, octets, an id, a long, a double or null.</returns>
    /// <exception cref="ArgumentException">It is none of the kinds of values that are stored.</exception>
    public static object? Of(object? value) => value switch
    {
        null or string or byte[] or long or double or Guid => value,
        int number => (long)number,
        uint number => (long)number,
        bool flag => flag ? 1L : 0L,
        TaskId id => id.Value,
        FlowAnalysisId id => id.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        TimeSpan duration => (long)duration.TotalMilliseconds,
        ImmutableArray<byte> octets => ImmutableCollectionsMarshal.AsArray(octets) ?? [],
        _ => throw new ArgumentException(
            $"A {value.GetType().Name} is no SQL value; give a text, a number, a flag, a time, an id, octets or null."),
    };
}
