using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>Operating system and version out of what a device says of itself, by <c>software.txt</c>.</summary>
internal static partial class SoftwareVersion
{
    private static readonly (string System, string Maker, Regex Pattern)[] s_lines =
        [.. EmbeddedTable.Read(typeof(SoftwareVersion), "software.txt", columns: 3)
            .Select(row => (row[0], row[1], EmbeddedTable.Pattern(row[2])))];

    private static readonly FrozenDictionary<int, string> s_onlySystems = s_lines.Where(line => line.Maker != "-")
        .ToFrozenDictionary(line => int.Parse(line.Maker, CultureInfo.InvariantCulture), line => line.System);

    /// <summary>Null when the maker has several systems or is not known.</summary>
    public static string? TypeOf(string sysObjectId) =>
        DeviceIdentity.EnterpriseOf(sysObjectId) is { } maker ? s_onlySystems.GetValueOrDefault(maker) : null;

    /// <summary>Both null when no pattern matches; the version null where sysDescr has none.</summary>
    public static (string? Type, string? Version) Of(string sysDescr)
    {
        foreach ((string system, _, Regex pattern) in s_lines)
        {
            Match match = pattern.Match(sysDescr);
            if (match.Success) return (system, VersionIn(match));
        }
        return (null, null);
    }

    /// <summary>
    /// The version in a text that tells one, as entPhysicalSoftwareRev and the makers' own objects do. They add what is no version:
    /// "15.0(2)SE, RELEASE SOFTWARE (fc1)", "FortiGate-60F v7.4.3,build2573", "Dublin 17.12.04". Null when no digit is in it.
    /// </summary>
    public static string? In(string text)
    {
        if (Of(text).Version is { } known) return known;
        string first = text.Split(',')[0].Trim();
        if (Dotted().Match(first) is { Success: true } dotted) return dotted.Groups["version"].Value;
        return first.Any(char.IsAsciiDigit) && !first.StartsWith('#') && !first.Contains(':') ? first : null;
    }

    private static string? VersionIn(Match match)
    {
        if (match.Groups["version"] is not { Success: true, Value: var version }) return null;
        return match.Groups["build"] is { Success: true, Value: var build } ? $"{version} (build{build})" : version;
    }

    /// <summary>A number with dots, or all that hangs on it, behind words that have none: a product's or a release's name.</summary>
    [GeneratedRegex(@"^(?:[^\d.]\S* )+(?<version>v?\d+[.(]\S*)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Dotted();
}
