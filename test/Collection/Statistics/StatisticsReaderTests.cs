using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class StatisticsReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StatisticsReader _reader;
    private RecordedSession _device = new([]);

    public StatisticsReaderTests() => _reader = new StatisticsReader(new SnmpAccess(_ => _device), _time);

    [Fact]
    public async Task A_Cisco_device_tells_CPU_over_three_times_and_its_processor_pool()
    {
        DeviceStatistics load = await ReadDeviceAsync(
            Row.Gauge("1.3.6.1.4.1.9.9.109.1.1.1.1.6.1", 7), Row.Gauge("1.3.6.1.4.1.9.9.109.1.1.1.1.7.1", 5),
            Row.Gauge("1.3.6.1.4.1.9.9.109.1.1.1.1.8.1", 4),
            Row.Gauge("1.3.6.1.4.1.9.9.109.1.1.1.1.6.2", 90), Row.Gauge("1.3.6.1.4.1.9.9.109.1.1.1.1.8.2", 90), // a second module
            Row.Text("1.3.6.1.4.1.9.9.48.1.1.1.2.1", "Processor"), Row.Gauge("1.3.6.1.4.1.9.9.48.1.1.1.5.1", 320_934_792),
                Row.Gauge("1.3.6.1.4.1.9.9.48.1.1.1.6.1", 1_105_032_032),
            Row.Gauge("1.3.6.1.4.1.9.9.48.1.1.1.5.2", 1), Row.Gauge("1.3.6.1.4.1.9.9.48.1.1.1.6.2", 1));
        Assert.Equal(new CpuStatistics(7, 5, 4, _time.GetUtcNow()), load.Cpu);
        Assert.Equal(new MemoryStatistics(1_425_966_824, 320_934_792, _time.GetUtcNow()), load.Memory);
        Assert.True(load.Succeeded);
        Assert.Null(load.FailureReason);
    }

    [Fact]
    public async Task The_enhanced_pool_answers_where_the_old_one_is_gone()
    {
        DeviceStatistics load = await ReadDeviceAsync(
            Row.Int("1.3.6.1.4.1.9.9.221.1.1.1.1.2.1.1", 3), Row.Gauge("1.3.6.1.4.1.9.9.221.1.1.1.1.7.1.1", 1),
            Row.Gauge("1.3.6.1.4.1.9.9.221.1.1.1.1.8.1.1", 1),
            Row.Int("1.3.6.1.4.1.9.9.221.1.1.1.1.2.1.2", 2), Row.Gauge("1.3.6.1.4.1.9.9.221.1.1.1.1.7.1.2", uint.MaxValue),
            Row.Counter("1.3.6.1.4.1.9.9.221.1.1.1.1.18.1.2", 6_000_000_000),
            Row.Counter("1.3.6.1.4.1.9.9.221.1.1.1.1.20.1.2", 2_000_000_000));
        Assert.Equal(new MemoryStatistics(8_000_000_000, 6_000_000_000, _time.GetUtcNow()), load.Memory);
        Assert.Null(load.Cpu);
        Assert.Contains("no CPU load", load.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_tells_the_mean_of_its_processors_over_a_minute_and_its_RAM()
    {
        DeviceStatistics load = await ReadDeviceAsync(
            Row.Int("1.3.6.1.2.1.25.3.3.1.2.196608", 10), Row.Int("1.3.6.1.2.1.25.3.3.1.2.196609", 21),
            Row.Oid("1.3.6.1.2.1.25.2.3.1.2.1", "1.3.6.1.2.1.25.2.1.4"), Row.Int("1.3.6.1.2.1.25.2.3.1.4.1", 4096),
            Row.Int("1.3.6.1.2.1.25.2.3.1.5.1", 9), Row.Int("1.3.6.1.2.1.25.2.3.1.6.1", 9),
            Row.Oid("1.3.6.1.2.1.25.2.3.1.2.2", "1.3.6.1.2.1.25.2.1.2"), Row.Int("1.3.6.1.2.1.25.2.3.1.4.2", 1024),
            Row.Int("1.3.6.1.2.1.25.2.3.1.5.2", 4_000_000), Row.Int("1.3.6.1.2.1.25.2.3.1.6.2", 1_000_000));
        Assert.Equal(new CpuStatistics(null, 15.5, null, _time.GetUtcNow()), load.Cpu);
        Assert.Equal(new MemoryStatistics(4_096_000_000, 1_024_000_000, _time.GetUtcNow()), load.Memory);
    }

    [Fact]
    public async Task A_device_without_any_of_the_MIBs_fails_with_their_names()
    {
        DeviceStatistics load = await ReadDeviceAsync();
        Assert.False(load.Succeeded);
        Assert.Contains("HOST-RESOURCES-MIB", load.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_device_fails_with_the_engines_reason_after_few_requests()
    {
        var silent = new RecordedSession([]) { Failures = { ["1"] = SnmpStatus.Timeout } };
        DeviceStatistics load = await _reader.ReadDeviceAsync(AccessTo(silent), CancellationToken.None);
        Assert.False(load.Succeeded);
        Assert.Contains("scripted Timeout", load.FailureReason, StringComparison.Ordinal);
        Assert.InRange(silent.Asked.Count, 1, 3);
    }

    [Fact]
    public async Task Packets_are_unicast_multicast_and_broadcast_of_the_wide_counters()
    {
        InterfaceStatistics counters = (await ReadInterfaceAsync(Counters(10_000, 20_000))).Statistics!;
        Assert.True(counters.AdminUp);
        Assert.False(counters.OperUp);
        Assert.Equal(111, counters.InputPackets);
        Assert.Equal(222, counters.OutputPackets);
        Assert.Equal(5, counters.OutputDrops);
        Assert.Null(counters.InputQueueDrops);
    }

    [Fact]
    public async Task Old_agents_32_bit_counters_do()
    {
        InterfaceStatistics counters = (await ReadInterfaceAsync(
        [
            Row.Int("1.3.6.1.2.1.2.2.1.7.3", 1), Row.Int("1.3.6.1.2.1.2.2.1.8.3", 1), Row.Gauge("1.3.6.1.2.1.2.2.1.11.3", 40),
            Row.Gauge("1.3.6.1.2.1.2.2.1.12.3", 2), Row.Gauge("1.3.6.1.2.1.2.2.1.17.3", 7),
        ])).Statistics!;
        Assert.Equal(42, counters.InputPackets);
        Assert.Equal(7, counters.OutputPackets);
        Assert.Null(counters.OutputDrops);
    }

    [Fact]
    public async Task The_first_reading_has_no_rate_and_the_second_has_one()
    {
        InterfaceStatistics first = (await ReadInterfaceAsync(Counters(10_000, 20_000))).Statistics!;
        _time.Advance(TimeSpan.FromSeconds(10));
        InterfaceStatistics second = (await ReadInterfaceAsync(Counters(22_500, 20_000))).Statistics!;
        Assert.Null(first.InputRateBps);
        Assert.Null(first.OutputRateBps);
        Assert.Equal(10_000, second.InputRateBps); // 12,500 octets in 10 s
        Assert.Equal(0, second.OutputRateBps);

        _time.Advance(TimeSpan.FromSeconds(1)); // asked again at once: agents have not even refreshed their counters
        Assert.Equal(10_000, (await ReadInterfaceAsync(Counters(22_500, 20_000))).Statistics!.InputRateBps);
    }

    [Fact]
    public async Task A_counter_that_went_back_gives_no_rate()
    {
        await ReadInterfaceAsync(Counters(10_000, 20_000));
        _time.Advance(TimeSpan.FromSeconds(10));
        InterfaceStatistics restarted = (await ReadInterfaceAsync(Counters(500, 20_800))).Statistics!;
        Assert.Null(restarted.InputRateBps);
        Assert.Equal(640, restarted.OutputRateBps);
    }

    [Fact]
    public async Task A_restart_and_a_discontinuity_give_no_rate_although_the_counters_are_higher()
    {
        await ReadInterfaceAsync([.. Counters(10_000, 20_000), UpTime(900_000)]);
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Null((await ReadInterfaceAsync([.. Counters(90_000, 90_000), UpTime(1_000)])).Statistics!.InputRateBps); // restarted
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(800, (await ReadInterfaceAsync([.. Counters(91_000, 91_000), UpTime(2_000)])).Statistics!.InputRateBps);
        _time.Advance(TimeSpan.FromSeconds(10));
        VarBind replaced = Row.Gauge("1.3.6.1.2.1.31.1.1.1.19.3", 2_500); // a line card
        Assert.Null((await ReadInterfaceAsync([.. Counters(92_000, 92_000), UpTime(3_000), replaced])).Statistics!.OutputRateBps);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(800, (await ReadInterfaceAsync([.. Counters(93_000, 93_000), UpTime(4_000), replaced])).Statistics!.OutputRateBps);
    }

    [Fact]
    public async Task Utilization_is_the_rate_of_the_speed_in_each_direction_and_none_where_that_is_not_told_or_zero()
    {
        VarBind speed = Row.Gauge("1.3.6.1.2.1.2.2.1.5.3", 1_000_000), fast = Row.Gauge("1.3.6.1.2.1.31.1.1.1.15.3", 10_000);
        await ReadInterfaceAsync(Counters(0, 0));
        _time.Advance(TimeSpan.FromSeconds(10));
        VarBind[] counted = Counters(156_250, 12_500_000_000); // 125 kbit/s in, 10 Gbit/s out
        InterfaceStatistics slow = (await ReadInterfaceAsync([.. counted, speed])).Statistics!;
        Assert.Equal((12.5, 100), (slow.InputUtilization, slow.OutputUtilization)); // no more than the line has
        InterfaceStatistics large = (await ReadInterfaceAsync([.. counted, Row.Gauge("1.3.6.1.2.1.2.2.1.5.3", uint.MaxValue), fast]))
            .Statistics!;
        Assert.Equal((0, 100), (large.InputUtilization, large.OutputUtilization));
        InterfaceStatistics untold = (await ReadInterfaceAsync(counted)).Statistics!;
        Assert.Equal((125_000, null, null), (untold.InputRateBps, untold.InputUtilization, untold.OutputUtilization));
        InterfaceStatistics zero = (await ReadInterfaceAsync([.. counted, Row.Gauge("1.3.6.1.2.1.2.2.1.5.3", 0)])).Statistics!;
        Assert.Null(zero.InputUtilization);
    }

    [Fact]
    public async Task Errors_are_told_beside_drops_and_those_that_are_not_told_are_no_0()
    {
        InterfaceStatistics counters = (await ReadInterfaceAsync(
            [.. Counters(1, 1), Row.Gauge("1.3.6.1.2.1.2.2.1.14.3", 12), Row.Gauge("1.3.6.1.2.1.2.2.1.13.3", 4)])).Statistics!;
        Assert.Equal((12, null, 4), (counters.InputErrors, counters.OutputErrors, counters.InputDiscards));
    }

    [Fact]
    public async Task The_devices_own_rates_are_preferred()
    {
        InterfaceStatistics counters = (await ReadInterfaceAsync(
            [.. Counters(1, 1), Row.Int("1.3.6.1.4.1.9.2.2.1.1.6.3", 41_000), Row.Int("1.3.6.1.4.1.9.2.2.1.1.8.3", 45_000),
                Row.Int("1.3.6.1.4.1.9.2.2.1.1.26.3", 4)])).Statistics!;
        Assert.Equal(41_000, counters.InputRateBps);
        Assert.Equal(45_000, counters.OutputRateBps);
        Assert.Equal(4, counters.InputQueueDrops);
    }

    [Fact]
    public async Task An_interface_that_is_gone_fails_alone()
    {
        IReadOnlyList<InterfaceReading> readings = await _reader.ReadInterfacesAsync(AccessTo(new RecordedSession(Counters(1, 1))),
            [new IfIndex(9), new IfIndex(3)], CancellationToken.None);
        Assert.Equal([false, true], readings.Select(reading => reading.Succeeded));
        Assert.Contains("ifIndex 9", readings[0].FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_is_refused_leaves_the_others_to_be_asked()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0", "eth1")]) { Failures =
            { ["1.3.6.1.2.1.2.2.1.7.1"] = SnmpStatus.NotAuthorized } };
        IReadOnlyList<InterfaceReading> readings = await _reader.ReadInterfacesAsync(AccessTo(device), [new IfIndex(1), new IfIndex(2)],
            CancellationToken.None);
        Assert.Null(readings[0].Statistics);
        Assert.NotNull(readings[1].Statistics);
    }

    [Fact]
    public async Task A_silent_device_is_asked_for_one_interface_only()
    {
        var silent = new RecordedSession([]) { Failures = { ["1"] = SnmpStatus.Timeout } };
        IReadOnlyList<InterfaceReading> readings = await _reader.ReadInterfacesAsync(AccessTo(silent), [new IfIndex(1), new IfIndex(2)],
            CancellationToken.None);
        Assert.All(readings, reading => Assert.Equal("scripted Timeout", reading.FailureReason));
        Assert.DoesNotContain(silent.Asked, asked => asked.EndsWith(".2", StringComparison.Ordinal));
    }

    /// <summary>It answers from now on.</summary>
    private DeviceAccess AccessTo(RecordedSession device)
    {
        _device = device;
        return Collect.Access;
    }

    private Task<DeviceStatistics> ReadDeviceAsync(params VarBind[] rows) =>
        _reader.ReadDeviceAsync(AccessTo(new RecordedSession(rows)), CancellationToken.None);

    private async Task<InterfaceReading> ReadInterfaceAsync(VarBind[] rows) =>
        Assert.Single(await _reader.ReadInterfacesAsync(AccessTo(new RecordedSession(rows)), [new IfIndex(3)], CancellationToken.None));

    private static VarBind UpTime(uint ticks) => Row.Gauge("1.3.6.1.2.1.1.3.0", ticks);

    private static VarBind[] Counters(ulong inOctets, ulong outOctets) =>
    [
        Row.Int("1.3.6.1.2.1.2.2.1.7.3", 1), Row.Int("1.3.6.1.2.1.2.2.1.8.3", 2), Row.Gauge("1.3.6.1.2.1.2.2.1.19.3", 5),
        Row.Counter("1.3.6.1.2.1.31.1.1.1.6.3", inOctets), Row.Counter("1.3.6.1.2.1.31.1.1.1.10.3", outOctets),
        Row.Counter("1.3.6.1.2.1.31.1.1.1.7.3", 100), Row.Counter("1.3.6.1.2.1.31.1.1.1.8.3", 10),
        Row.Counter("1.3.6.1.2.1.31.1.1.1.9.3", 1),
        Row.Counter("1.3.6.1.2.1.31.1.1.1.11.3", 200), Row.Counter("1.3.6.1.2.1.31.1.1.1.12.3", 20),
        Row.Counter("1.3.6.1.2.1.31.1.1.1.13.3", 2),
    ];
}
