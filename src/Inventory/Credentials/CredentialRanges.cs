using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Where a stored credential may be sent. Immutable; equal when written the same.</summary>
public sealed class CredentialRanges : IEquatable<CredentialRanges>
{
    /// <summary>As many as one credential may have.</summary>
    public const int Most = 100;

    private readonly ImmutableArray<(Ipv4Address First, Ipv4Address Last)> _ranges;

    private CredentialRanges(ImmutableArray<string> texts, ImmutableArray<(Ipv4Address First, Ipv4Address Last)> ranges) =>
        (Texts, _ranges) = (texts, ranges);

    /// <summary>No ranges: the credential may be sent to every address that is asked at all.</summary>
    public static CredentialRanges Anywhere { get; } = new([], []);

    /// <summary>As they were written, without spaces; empty for <see cref="Anywhere"/>.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>
    /// Reads addresses <c>a</c>, ranges <c>a-b</c> (both ends belong to them) and whole prefixes <c>a/n</c>; adds what is wrong to
    /// <paramref name="problems"/>.
    /// </summary>
    /// <returns>Null when something is wrong.</returns>
    public static CredentialRanges? Read(IEnumerable<string> texts, ICollection<string> problems)
    {
        int before = problems.Count;
        var read = ImmutableArray.CreateBuilder<(string Text, Ipv4Address First, Ipv4Address Last)>();
        foreach (string text in texts.SelectMany(text => text.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (TryRead(text, out Ipv4Address first, out Ipv4Address last))
                read.Add((text.Replace(" ", "", StringComparison.Ordinal), first, last));
            else problems.Add($"'{(text.Length > 64 ? text[..64] : text)}' is no range of addresses; write 10.1.0.0/16, 10.1.0.1-10.1.0.99 or 10.1.0.1.");
        }
        if (read.Count > Most) problems.Add($"{read.Count} ranges; at most {Most} are taken.");
        if (problems.Count > before) return null;
        return read.Count == 0
            ? Anywhere : new([.. read.Select(range => range.Text)], [.. read.Select(range => (range.First, range.Last))]);
    }

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CredentialRanges Parse(string text)
    {
        List<string> problems = [];
        return Read([text], problems) ?? throw new FormatException(problems[0]); // a credential whose ranges nobody can read goes nowhere
    }

    public bool Allow(Ipv4Address address)
    {
        if (_ranges.IsEmpty) return true;
        foreach ((Ipv4Address first, Ipv4Address last) in _ranges)
        {
            if (first.Bits <= address.Bits && address.Bits <= last.Bits) return true;
        }
        return false;
    }

    public bool Equals(CredentialRanges? other) => other is not null && Texts.SequenceEqual(other.Texts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CredentialRanges);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Separated by commas; empty for <see cref="Anywhere"/>.</summary>
    public override string ToString() => string.Join(',', Texts);

    private static bool TryRead(string text, out Ipv4Address first, out Ipv4Address last)
    {
        if (Prefix.TryParse(text, null, out Prefix prefix))
        {
            (first, last) = (prefix.Network, prefix.Last);
            return true;
        }
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        last = default;
        return Ipv4Address.TryParse(ends[0], null, out first) && ends.Length <= 2 && Ipv4Address.TryParse(ends[^1], null, out last)
            && first.Bits <= last.Bits;
    }
}
