namespace Towpath.Storage.Sqlite;

/// <summary>
/// Values as they stand in the file. An id is 16 octets in network order, so that ids of version 7 sort by time; the rest is as in <see
/// cref="SqlValue"/>.
/// </summary>
internal static class SqliteValue
{
    /// <returns>A text, octets, a long, a double or null.</returns>
    /// <exception cref="ArgumentException">It is none of the kinds of values that are stored.</exception>
    public static object? Of(object? value)
    {
        object? stored = SqlValue.Of(value);
        return stored is Guid id ? id.ToByteArray(bigEndian: true) : stored;
    }

    public static Guid Id(ReadOnlySpan<byte> octets) => new(octets, bigEndian: true);
}
