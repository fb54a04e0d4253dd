using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The objects of <c>makers-objects.txt</c>: in them a maker tells what ENTITY-MIB has no row for. A device is asked for those of its own
/// maker alone.
/// </summary>
internal static class MakersObjects
{
    private static readonly FrozenDictionary<int, MakersObject[]> s_objects =
        EmbeddedTable.Read(typeof(MakersObjects), "makers-objects.txt", columns: 4)
            .GroupBy(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => new MakersObject(
                row[1], ObjectIdentifier.Parse($"1.3.6.1.4.1.{row[2]}"), row[3] == "-" ? null : EmbeddedTable.Pattern(row[3])))
            .ToFrozenDictionary(maker => maker.Key, maker => maker.ToArray());

    /// <summary>Empty for makers without any.</summary>
    public static MakersObject[] Of(DeviceIdentity identity) =>
        identity.Enterprise is { } maker && s_objects.TryGetValue(maker, out MakersObject[]? objects) ? objects : [];

    /// <summary>The first that is told; null when none is.</summary>
    /// <param name="fact"><c>model</c>, <c>serial</c> or <c>version</c>.</param>
    public static string? Told(this MakersObject[] objects, string fact, ScalarAnswers values)
    {
        foreach (MakersObject one in objects)
            if (one.Fact == fact && one.In(values.Text(one.Object)) is { } told) return told;
        return null;
    }
}

internal sealed record MakersObject(string Fact, ObjectIdentifier Object, Regex? Pattern)
{
    public string? In(string text)
    {
        if (Pattern is null) return ScalarAnswers.NullIfEmpty(text.Trim());
        Match match = Pattern.Match(text);
        return match.Success ? match.Groups[1].Value : null;
    }
}
