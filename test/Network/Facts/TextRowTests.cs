namespace Towpath.Network.Tests;

public sealed class TextRowTests
{
    private static readonly DeviceSnapshot s_device = new()
    {
        Identity = DeviceIdentity.Nobody,
        CollectedAt = default,
        Interfaces = [new Interface { Index = new IfIndex(7), Name = "Gi0/7", OperUp = true, AdminUp = true }],
        Arp =
        [
            Arp("192.0.2.9", "00:00:5e:00:53:09"),
            Arp("192.0.2.10", "00:00:5e:00:53:0a"),
            Arp("198.51.100.1", "00:00:5e:00:53:0b"),
        ],
    };

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10")]
    [InlineData("192.0.2.0/24", "192.0.2.9 192.0.2.10")]
    [InlineData("0.0.0.0/0", "192.0.2.9 192.0.2.10 198.51.100.1")]
    [InlineData("203.0.113.0/24", "")]
    public void Addresses_are_asked_for_by_value_and_by_prefix(string asked, string found) => Assert.Equal(found, Found("address", asked));

    [Theory]
    [InlineData("00:00:5E:00:53:0A")]
    [InlineData("0000.5e00.530a")]
    [InlineData("00-00-5e-00-53-0a")]
    public void A_mac_address_is_one_in_all_its_writings(string asked) => Assert.Equal("192.0.2.10", Found("mac", asked));

    [Theory]
    [InlineData("20", 20, 20)]
    [InlineData("20-29", 20, 29)]
    [InlineData("-1", -1, -1)]
    public void Numbers_are_asked_for_one_by_one_and_from_to(string asked, long first, long last) =>
        Assert.Equal(new CellRange(first, last), Range(Network.Route.Layout, "metric", asked));

    [Theory]
    [InlineData("20-")]
    [InlineData("twenty")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_is_a_text(string asked) => Assert.Null(Range(Network.Route.Layout, "metric", asked));

    [Fact]
    public void Words_and_names_are_texts()
    {
        Assert.Null(Range(Network.Route.Layout, "protocol", "13"));
        Assert.Null(Range(Network.Route.Layout, "egress", "7"));
        Assert.All(ArpEntry.Layout.TextsIn(s_device, _ => true), row => Assert.Equal(("Gi0/7", null), (row.Text(0), row.Number(0))));
    }

    [Fact]
    public void A_column_of_rows_that_hold_such_a_row_is_asked_in_the_same_way()
    {
        foreach (string column in Network.Route.Layout.ColumnNames)
            foreach (string asked in (string[])["192.0.2.0/24", "24", "Ospf"])
                Assert.Equal(Range(Network.Route.Layout, column, asked), Range(VrfRoute.Layout, column, asked));
    }

    [Fact]
    public void A_cell_that_is_in_order_by_a_number_is_found_by_its_text()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            DeviceSnapshot snapshot = new ArbitraryFacts(seed).Snapshot();
            foreach (FactLayout layout in FactLayout.All)
            {
                TextRow[] rows = [.. layout.TextsIn(snapshot, _ => true)];
                Assert.Equal(layout.RowsIn(snapshot).Cast<object>().Count(), rows.Length);
                foreach (TextRow row in rows)
                    for (int column = 0; column < layout.ColumnNames.Count(); column++)
                        if (row.Number(column) is { } number && row.Text(column) is { } text)
                            Assert.True(layout.RangeOf(column, text)?.Contains(number) ?? false, $"{layout.Name} {column}: {text}");
            }
        }
    }

    private static string Found(string column, string asked)
    {
        int at = Place(ArpEntry.Layout, column);
        CellRange range = ArpEntry.Layout.RangeOf(at, asked)!.Value;
        return string.Join(' ', ArpEntry.Layout.TextsIn(s_device, row => range.Contains(row.Number(at)!.Value)).Select(row => row.Text(1)));
    }

    private static CellRange? Range(FactLayout layout, string column, string asked) => layout.RangeOf(Place(layout, column), asked);

    private static int Place(FactLayout layout, string column) => layout.ColumnNames.ToList().IndexOf(column);

    private static ArpEntry Arp(string address, string mac) =>
        new(new IfIndex(7), Ipv4Address.Parse(address), MacAddress.Parse(mac), ArpEntry.IpNetToMediaTable);
}
