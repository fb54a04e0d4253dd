using System.Globalization;

namespace Towpath.Server;

/// <summary>Clients' texts, before they go into messages and logs.</summary>
internal static class Texts
{
    private const int Longest = 100;

    /// <summary>At most 100 characters of it.</summary>
    public static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");

    /// <summary>Shortened, and without what could forge a log: control characters, separators of lines, marks of direction.</summary>
    public static string Plain(string text) => string.Create(Math.Min(text.Length, Longest), text, static (plain, text) =>
    {
        for (int i = 0; i < plain.Length; i++) plain[i] = IsPlain(text[i]) ? text[i] : '?';
    });

    private static bool IsPlain(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>The text as it may stand in quotes in a header: visible ASCII.</summary>
    public static string Header(string text) => string.Create(Math.Min(text.Length, 2 * Longest), text, static (plain, text) =>
    {
        for (int i = 0; i < plain.Length; i++) plain[i] = text[i] is >= ' ' and <= '~' and not '"' and not '\\' ? text[i] : '?';
    });
}
