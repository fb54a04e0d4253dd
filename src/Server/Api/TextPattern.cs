namespace Towpath.Server;

/// <summary>
/// A filter value: exact, but <c>.*</c> in it stands for any text. Compared case-blind; linear in the text, whatever the pattern.
/// </summary>
internal readonly record struct TextPattern(string Pattern)
{
    /// <summary>An absent text matches nothing.</summary>
    public bool Matches(string? text)
    {
        if (text is null) return false;
        if (!Pattern.Contains(".*", StringComparison.Ordinal)) return string.Equals(text, Pattern, StringComparison.OrdinalIgnoreCase);
        string[] parts = Pattern.Split(".*");

        ReadOnlySpan<char> rest = text;
        if (!rest.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        rest = rest[parts[0].Length..];
        foreach (string middle in parts.AsSpan(1, parts.Length - 2))
        {
            int at = rest.IndexOf(middle, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            rest = rest[(at + middle.Length)..];
        }
        return rest.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
