using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The products of <c>products.txt</c>, which says how its lines are read.</summary>
internal static class Products
{
    /// <summary>A maker's patterns are made at its first device: few networks have devices of many.</summary>
    private static readonly FrozenDictionary<int, Lazy<ProductLine[]>> s_lines =
        EmbeddedTable.Read(typeof(Products), "products.txt", columns: 4)
            .GroupBy(row => int.Parse(row[0], CultureInfo.InvariantCulture))
            .ToFrozenDictionary(maker => maker.Key, maker => new Lazy<ProductLine[]>(() => [.. maker.Select(ProductLine.Of)]));

    /// <summary>The makers that the table knows.</summary>
    public static IEnumerable<int> Makers => s_lines.Keys;

    /// <summary>What the first of the texts says that any line of the maker knows; null when none does.</summary>
    /// <param name="texts">Null and empty ones say nothing.</param>
    public static Product? Find(int? enterprise, params ReadOnlySpan<string?> texts)
    {
        if (enterprise is not { } maker || !s_lines.TryGetValue(maker, out Lazy<ProductLine[]>? lines)) return null;
        foreach (string? text in texts)
        {
            if (string.IsNullOrEmpty(text)) continue;
            foreach (ProductLine line in lines.Value)
                if (line.Match(text) is { } product) return product;
        }
        return null;
    }
}

/// <param name="Series">For instance <c>Cisco Catalyst 9300 Series Switch</c>; null when the text tells none.</param>
/// <param name="Model">For instance <c>QFX5100-48S-6Q</c>; null when the text tells none.</param>
internal sealed record Product(DeviceFamily Family, string? Series, string? Model);

internal sealed record ProductLine(DeviceFamily Family, string? Series, Regex Pattern)
{
    public static ProductLine Of(string[] row) => new(
        row[1] switch
        {
            "router" => DeviceFamily.Router,
            "switch" => DeviceFamily.Switch,
            "firewall" => DeviceFamily.Firewall,
            "controller" => DeviceFamily.WirelessController,
            "ap" => DeviceFamily.AccessPoint,
            "host" => DeviceFamily.Other,
            _ => throw new FormatException($"products.txt knows no family '{row[1]}'."),
        },
        row[2] == "-" ? null : row[2], EmbeddedTable.Pattern(row[3]));

    public Product? Match(string text)
    {
        Match match = Pattern.Match(text);
        if (!match.Success) return null;
        string model = match.Groups["model"].Value;
        // Junos writes models in small letters into sysDescr, and in capitals everywhere else.
        bool isSmall = !model.Any(char.IsUpper);
        return new Product(Family, Series is null ? null : match.Result(Series),
            model.Length == 0 ? null : isSmall ? model.ToUpperInvariant() : model);
    }
}
