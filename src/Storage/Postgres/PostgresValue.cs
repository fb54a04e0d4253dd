using System.Text;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Values as PostgreSQL takes them. An id is a <c>uuid</c>, which sorts by its octets in network order; the rest is as in <see
/// cref="SqlValue"/>.
/// </summary>
internal static class PostgresValue
{
    private const char Replacement = '\uFFFD';

    /// <exception cref="ArgumentException">It is none of the kinds of values that are stored.</exception>
    public static object Of(object? value) => SqlValue.Of(value) switch
    {
        null => DBNull.Value,
        string text => Storable(text),
        var stored => stored,
    };

    /// <summary>
    /// A text of PostgreSQL holds no NUL and is well-formed UTF-8. What a device calls itself may be neither, and one bad name must not
    /// keep the rest of its facts out.
    /// </summary>
    private static string Storable(string text)
    {
        string whole = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        return whole.Replace('\0', Replacement); // the same object when there is none
    }
}
