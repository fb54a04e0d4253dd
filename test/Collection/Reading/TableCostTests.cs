using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>What a table may cost whose rows never end.</summary>
public sealed class TableCostTests
{
    private const string Fdb = "1.3.6.1.2.1.17.4.3.1", Arp = "1.3.6.1.2.1.4.22.1", If = "1.3.6.1.2.1.2.2.1",
        Cdp = "1.3.6.1.4.1.9.9.23.1.2.1.1", Routes = "1.3.6.1.2.1.4.24.7.1";
    private readonly FakeTimeProvider _time = new();

    /// <summary>Rows without use at the rate of an agent that hurries: creeping by one, and each longer than the one before.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_table_without_a_fact_for_a_minute_ends_and_the_others_are_read(bool grows, string columns)
    {
        InventingSession device =
            Device(Enum.Parse<InventedColumns>(columns),
            (Fdb, row => grows ? [row, .. Enumerable.Repeat(1u, 1 + (int)Math.Min(row, 90))] : [row]));
        TableReading cut = AssertEnded(device, await CollectAsync(device), Fdb, FdbEntry.Dot1dTpFdbTable);
        Assert.InRange(cut.Rows, 0, 1); // one has the length of a MAC address
    }

    public static IEnumerable<object[]> Forms =>
        new[] { false, true }.SelectMany(grows => Enum.GetNames<InventedColumns>().Select(columns => (object[])[grows, columns]));

    /// <summary>Each index is one that a fact has, and what makes the fact never comes.</summary>
    [Fact]
    public async Task Rows_in_one_column_only_are_no_facts_and_keep_no_table_alive()
    {
        InventingSession device = Device(InventedColumns.OnlySecond, (Arp, row => [1, 10, .. Mac(row)[3..]]));
        TableReading cut = AssertEnded(device, await CollectAsync(device), Arp, ArpEntry.IpNetToMediaTable);
        Assert.Equal(0, cut.Rows);
    }

    [Fact]
    public async Task Facts_that_were_read_before_stay()
    {
        InventingSession device = Device((Fdb, row => row < 300 ? [0, 0, 94, 0, row / 256, row % 256] : [1, row]));
        DeviceSnapshot snapshot = await CollectAsync(device);
        Assert.Equal(300, snapshot.Reading(FdbEntry.Dot1dTpFdbTable).Rows);
    }

    [Theory]
    [InlineData(nameof(InventedColumns.Together))]
    [InlineData(nameof(InventedColumns.InTurns))]
    [InlineData(nameof(InventedColumns.WithoutSecond))]
    public async Task A_slow_table_goes_on_as_long_as_facts_come(string columns)
    {
        InventingSession device = Device(Enum.Parse<InventedColumns>(columns), (Fdb, Mac));
        await CollectAsync(device);
        Assert.InRange(device.Lasted[Fdb], TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
    }

    /// <summary>A row in 59 seconds, alone or with one without use in each second between.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    public async Task An_agent_that_gives_one_fact_in_59_seconds_is_read_on(int rowsInThat)
    {
        uint[] index(uint row) => row % rowsInThat == 0 ? Mac(row / (uint)rowsInThat) : [.. Mac(row / (uint)rowsInThat), row];
        InventingSession device = Device(InventedColumns.Together, 1, TimeSpan.FromSeconds(59.0 / rowsInThat), (Fdb, index));
        DeviceSnapshot snapshot = await CollectAsync(device);
        Assert.InRange(device.Lasted[Fdb], TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        Assert.Equal(6, snapshot.Reading(FdbEntry.Dot1dTpFdbTable).Rows);
    }

    [Fact]
    public async Task A_column_that_comes_when_rows_were_whole_without_it_makes_no_row_twice()
    {
        InventingSession device = Device(InventedColumns.SecondLate, (Fdb, Mac));
        DeviceSnapshot snapshot = await CollectAsync(device);
        Assert.InRange(snapshot.Fdb.Length, 5_000, 6_100);
        Assert.Equal(snapshot.Fdb.Length, snapshot.Fdb.DistinctBy(entry => entry.Mac).Count());
    }

    [Fact]
    public async Task After_two_such_tables_the_device_is_asked_for_no_other()
    {
        InventingSession device = Device((Arp, row => [1, row]), (Routes, row => [row]));
        TableReading unasked = (await CollectAsync(device)).Reading(CdpNeighbor.CdpCacheTable);
        Assert.Equal(ReadingOutcome.Truncated, unasked.Outcome);
        Assert.Contains("In 2 tables before it no row came that says anything", unasked.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_may_need_512_octets_for_each_row_that_the_device_announces()
    {
        InventingSession device = Device([Row.Int("1.3.6.1.2.1.2.1.0", 100)], (If, row => [row + 1]));
        var limits = new CollectionLimits { LeastTableOctets = 0 };
        TableReading cut = (await CollectAsync(device, limits)).Reading(Interface.IfTable);
        Assert.Equal(ReadingOutcome.Truncated, cut.Outcome);
        Assert.Contains("It announced 100 rows, and they need more than", cut.Reason, StringComparison.Ordinal);
        Assert.InRange(cut.Rows, 100, 250); // seven cells of 32 octets and the index
    }

    [Theory]
    [InlineData(null, 64L << 20)]
    [InlineData(0L, 64L << 20)]
    [InlineData(1L, 4L << 20)]
    [InlineData(100_000L, 51_200_000L)]
    [InlineData(long.MaxValue, 512L << 20)]
    public void The_room_follows_the_number_that_is_announced(long? announced, long octets) =>
        Assert.Equal(octets, TableRoom.Of(announced, CollectionLimits.Default).Octets);

    [Fact]
    public async Task Rows_behind_which_no_fact_can_come_end_the_table_well()
    {
        uint[] family(uint row) =>
            row < 20 ? [1, 4, 192, 0, 2, row, 32, 0, 1, 4, 0, 0, 0, 0] : [2, 16, .. Enumerable.Repeat(row, 16), 128, 0, 0, 0];
        InventingSession device = Device((Routes, family));
        TableReading whole = (await CollectAsync(device)).Reading(Route.InetCidrRouteTable);
        Assert.Equal((ReadingOutcome.Answered, 20), (whole.Outcome, whole.Rows));
        Assert.InRange(device.Lasted[Routes], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_question_lasts_no_longer_than_the_device_has_left_and_a_minute_at_its_end()
    {
        long started = _time.GetTimestamp();
        InventingSession device = Device((Fdb, Mac));
        await CollectAsync(device, new CollectionLimits { Device = TimeSpan.FromMinutes(5.5) });
        Assert.All(device.Limited, asked =>
        {
            TimeSpan left = TimeSpan.FromMinutes(5.5) - _time.GetElapsedTime(started, asked.At);
            Assert.Equal(left > TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1), asked.Time);
        });
        Assert.Contains(device.Limited, asked => asked.Time > TimeSpan.FromMinutes(5)); // before the table
        Assert.Contains(device.Limited, asked => asked.Time == TimeSpan.FromMinutes(1)); // after it: its time is nearly over
    }

    private static uint[] Mac(uint row) => [0, 0, 94, row >> 16 & 255, row >> 8 & 255, row & 255];

    private static TableReading AssertEnded(InventingSession device, DeviceSnapshot snapshot, string entry, FactSource source)
    {
        Assert.InRange(device.Lasted[entry], TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(71));
        TableReading cut = snapshot.Reading(source);
        Assert.Equal(ReadingOutcome.Truncated, cut.Outcome);
        Assert.Contains("For 60 seconds no row came that says anything.", cut.Reason, StringComparison.Ordinal);
        Assert.Single(snapshot.Interfaces);
        Assert.Single(snapshot.CdpNeighbors);
        return cut;
    }

    private InventingSession Device(params (string Entry, Func<uint, uint[]> Index)[] invented) => Device([], invented);

    private InventingSession Device(VarBind[] announced, params (string Entry, Func<uint, uint[]> Index)[] invented) =>
        new(Recorded(announced), _time, invented.ToDictionary(table => table.Entry, table => table.Index));

    private InventingSession Device(InventedColumns columns, (string Entry, Func<uint, uint[]> Index) invented) =>
        new(Recorded([]), _time, new() { [invented.Entry] = invented.Index }) { Columns = columns };

    private InventingSession Device(
        InventedColumns columns, uint rowsInAnAnswer, TimeSpan answer, (string Entry, Func<uint, uint[]> Index) invented) =>
        new(Recorded([]), _time, new() { [invented.Entry] = invented.Index }) { Columns = columns, RowsInAnAnswer = rowsInAnAnswer,
            Answer = answer };

    private static RecordedSession Recorded(VarBind[] announced)
    {
        VarBind[] rows =
        [
            .. Row.System(), .. Row.Interfaces("eth0"), Row.Int($"{Fdb}.2.0.0.94.0.83.1", 1),
            Row.Hex($"{Arp}.2.1.192.0.2.9", "00005e005309"),
            Row.Int($"{Routes}.7.1.4.192.0.2.0.24.0.1.4.0.0.0.0", 1), Row.Text($"{Cdp}.6.1.1", "neighbor"),
            Row.Text($"{Cdp}.7.1.1", "Gi0/1"),
        ];
        return new RecordedSession([.. rows, .. announced]);
    }

    private async Task<DeviceSnapshot> CollectAsync(InventingSession device, CollectionLimits? limits = null) =>
        (await Collect.FromAsync(device, _time, limits)).Snapshot!;
}
