using System.Diagnostics.CodeAnalysis;

namespace Towpath.Discovery;

/// <summary>How a discovery finds addresses: it is given them, or it follows neighbor tables from seeds.</summary>
public enum DiscoveryKind : byte { Single, Range, MultiRange, Cidr, Cdp, Lldp }

/// <summary>The API's words for <see cref="DiscoveryKind"/>, compared case-blind.</summary>
public static class DiscoveryKinds
{
    private static readonly string[] s_words = ["Single", "Range", "Multi Range", "CIDR", "CDP", "LLDP"];

    public static string Word(this DiscoveryKind kind) => s_words[(int)kind];

    /// <summary>True for a crawl over neighbor tables.</summary>
    public static bool IsCrawl(this DiscoveryKind kind) => kind is DiscoveryKind.Cdp or DiscoveryKind.Lldp;

    public static string AllWords => string.Join(", ", s_words);

    public static bool TryParse([NotNullWhen(true)] string? word, out DiscoveryKind kind)
    {
        int index = Array.FindIndex(s_words, known => string.Equals(known, word?.Trim(), StringComparison.OrdinalIgnoreCase));
        kind = (DiscoveryKind)Math.Max(index, 0);
        return index >= 0;
    }
}
