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

    /// <summary>Also reads what scripts for APIC-EM call a crawl: <c>auto cdp discovery</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out DiscoveryKind kind)
    {
        string? said = word?.Trim();
        int index = Array.FindIndex(s_words, known => Says(known) || Says($"auto {known} discovery") && known is "CDP" or "LLDP");
        kind = (DiscoveryKind)Math.Max(index, 0);
        return index >= 0;

        bool Says(string known) => string.Equals(known, said, StringComparison.OrdinalIgnoreCase);
    }
}
