namespace Towpath.Server;

/// <summary>
/// A filter value: exact, but <c>.*</c> in it stands for any text. Compared case-blind; linear in the text, whatever the pattern.
/// </summary>
internal readonly record struct TextPattern(string Pattern)
{
    /// <summary>What stands between the wildcards; a table asks for it at each of its rows.</summary>
    private readonly string[] _parts = Pattern.Split(".*");

    /// <summary>An absent text matches nothing.</summary>
    public bool Matches(string? text)
    {
        if (text is null) return false;
        if (_parts is [var whole]) return string.Equals(text, whole, StringComparison.OrdinalIgnoreCase);

        ReadOnlySpan<char> rest = text;
        if (!rest.StartsWith(_parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        rest = rest[_parts[0].Length..];
        foreach (string middle in _parts.AsSpan(1, _parts.Length - 2))
        {
            int at = rest.IndexOf(middle, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            rest = rest[(at + middle.Length)..];
        }
        return rest.EndsWith(_parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
