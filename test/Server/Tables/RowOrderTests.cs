using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>Rows of tables that are too long to be sorted in memory.</summary>
public sealed class RowOrderTests
{
    private const int Rows = 2 * RowOrder.Most + 77;

    private static readonly int s_address = ArpEntry.Layout.ColumnNames.ToList().IndexOf("address");

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 700)]
    [InlineData(true, 700)]
    [InlineData(true, RowOrder.Most / 2)]
    public async Task The_first_ones_of_a_long_table_are_those_of_all_in_order(bool isDescending, int most)
    {
        IEnumerable<DeviceRow> first = await new RowOrder(s_address, isDescending).SortAsync(Drawn(seed: most), most, default);

        List<DeviceRow> all = await Drawn(seed: most).ToListAsync();
        IEnumerable<DeviceRow> sorted = isDescending
            ? all.OrderByDescending(row => row.Row.Number(s_address)) : all.OrderBy(row => row.Row.Number(s_address));
        Assert.Equal(sorted.Take(most).Select(Text), first.Select(Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RowOrder.Most / 2 + 1)]
    public async Task More_than_that_of_a_long_table_is_refused(int? most)
    {
        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => new RowOrder(s_address, false).SortAsync(Drawn(1), most, default));

        Assert.Contains("limit", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Many have the same address: which of them comes first is told by the MAC address.</summary>
    private static IAsyncEnumerable<DeviceRow> Drawn(int seed)
    {
        var random = new Random(seed);
        ImmutableArray<ArpEntry> arp = [.. Enumerable.Range(1, Rows).Select(number => new ArpEntry(new IfIndex(1),
            new Ipv4Address((uint)random.Next(1000)), MacAddress.FromBits((ulong)number), ArpEntry.IpNetToMediaTable))];
        var snapshot = new DeviceSnapshot
        {
            Identity = new DeviceIdentity { SysName = "r1" }, CollectedAt = DateTimeOffset.UnixEpoch, Arp = arp,
        };
        return ArpEntry.Layout.TextsIn(snapshot, _ => true).Select(row => new DeviceRow(null, row)).ToAsyncEnumerable();
    }

    private static string Text(DeviceRow row) => $"{row.Row.Text(s_address)} {row.Row.Text(s_address + 1)}";
}
