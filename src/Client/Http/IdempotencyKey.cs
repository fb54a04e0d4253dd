namespace Towpath.Client;

/// <summary>
/// A word for one write (the header <c>Idempotency-Key</c>): a controller that knows it makes one task for it, however often the write is
/// sent within a day. Under it a write that lost its connection is repeated as a read is. Cisco's products ignore it, so with them use
/// none.
/// </summary>
public static class IdempotencyKey
{
    private static readonly AsyncLocal<string?> s_current = new();

    internal static string? Current => s_current.Value;

    /// <summary>
    /// Writes until the returned scope is disposed carry the key: normally one, since another request under it is refused.
    /// </summary>
    /// <param name="key">1..255 visible ASCII characters without quotation marks, for instance a UUID.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static IDisposable Use(string key)
    {
        if (key.Length is 0 or > 255 || key.Any(letter => letter is <= ' ' or > '~' or '"' or '\\' or ','))
            throw new ArgumentException("A key has 1 to 255 visible ASCII characters without quotation marks, backslashes and commas.",
                nameof(key));
        var scope = new Scope(s_current.Value);
        s_current.Value = key;
        return scope;
    }

    private sealed class Scope(string? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
