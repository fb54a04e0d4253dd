using System.Collections.Frozen;
using System.Globalization;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The makers of <c>vendors.txt</c>, by enterprise number.</summary>
internal static class Vendors
{
    private static readonly FrozenDictionary<int, string> s_names = EmbeddedTable.Read(typeof(Vendors), "vendors.txt", columns: 2)
        .ToFrozenDictionary(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => row[1]);

    /// <summary>Null for a number that the table lacks, and for the agents of free systems, which run on anybody's hardware.</summary>
    public static string? Of(int? enterprise) => enterprise is { } number ? s_names.GetValueOrDefault(number) : null;
}
