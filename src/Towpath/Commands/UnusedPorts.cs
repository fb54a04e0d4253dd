using System.Globalization;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary>Interfaces that are not in use: those of which it is known for so many days, and how many may be.</summary>
internal static class UnusedPorts
{
    public static TableFilter For(TableFilter filter, int days) =>
        filter.Where("unusedDays", string.Create(CultureInfo.InvariantCulture, $"{days}-{int.MaxValue}"));

    /// <summary>
    /// Counters that are kept for less time prove nothing yet; whoever unplugs a cable must not take silence for an answer.
    /// </summary>
    public static async Task SayAsync(TableFilter filter, int days, Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        if (filter.Devices is { } devices)
            filter = filter with { Devices = await NamedDevices.PatternsAsync(client, devices, cancellationToken) };
        TableFilter young = filter.Where("lastUsed", "not since.*") with { SortBy = null };
        int count = await client.Tables.GetRowCountAsync(
            "interfaces", young.Where("unusedDays", string.Create(CultureInfo.InvariantCulture, $"0-{days - 1}")), cancellationToken);
        if (count > 0)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture,
                $"{count} more were not in use since we look, for less than {days} days: 'interfaces --where lastUsed=not*' lists them."));
        }
    }
}
