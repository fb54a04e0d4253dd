using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class DeviceCollectorTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_silent_device_gives_no_snapshot_but_the_reason()
    {
        var silent = new RecordedSession([]) { Failures = { ["1"] = SnmpStatus.Timeout } };
        CollectionResult result = await CollectAsync(silent);
        Assert.Null(result.Snapshot);
        Assert.Equal("scripted Timeout", result.Reason);
        Assert.DoesNotContain("1.3.6.1.2.1.2.2.1.2", silent.Asked);
    }

    [Fact]
    public async Task A_view_without_anything_that_we_read_says_what_to_allow()
    {
        CollectionResult result = await CollectAsync(new RecordedSession([]));
        Assert.Null(result.Snapshot);
        Assert.Contains("SNMP view", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_without_the_system_group_gives_what_it_shows_and_says_what_to_allow()
    {
        DeviceSnapshot snapshot = (await CollectAsync(new RecordedSession(Row.Interfaces("eth0")))).Snapshot!;
        Assert.Single(snapshot.Interfaces);
        Assert.Equal("", snapshot.Identity.SysName);
        TableReading system = Assert.Single(snapshot.Readings, reading => reading.Source == DeviceIdentity.System);
        Assert.Equal(ReadingOutcome.Refused, system.Outcome);
        Assert.Contains("SNMP view", system.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_the_middle_voids_the_walk_and_it_is_done_again()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]) { Uptimes = { } };
        foreach (uint uptime in new uint[] { 500_000, 900, 1_000, 3_000 }) device.Uptimes.Enqueue(uptime); // before, after; before, after
        CollectionResult result = await CollectAsync(device);
        Assert.Equal(TimeSpan.FromSeconds(10), result.Snapshot!.SysUpTime);
        Assert.Equal(2, device.Asked.Count(asked => asked == "1.3.6.1.2.1.2.2.1.2"));
    }

    [Fact]
    public async Task A_device_that_restarts_in_every_walk_gives_no_snapshot()
    {
        var device = new RecordedSession(Row.System());
        foreach (uint uptime in new uint[] { 500_000, 900, 1_000, 200 }) device.Uptimes.Enqueue(uptime);
        CollectionResult result = await CollectAsync(device);
        Assert.Null(result.Snapshot);
        Assert.Contains("restarted", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrap_of_sysUpTime_after_497_days_is_no_restart()
    {
        var device = new RecordedSession(Row.System());
        device.Uptimes.Enqueue(uint.MaxValue - 500);
        device.Uptimes.Enqueue(1_000);
        Assert.NotNull((await CollectAsync(device)).Snapshot);
    }

    [Theory]
    // up 3 minutes, restarted at minute 2 of 10: its 8 minutes are more than the 3, and no reason to mix the tables
    [InlineData(18_000, 48_000, true)]
    [InlineData(18_000, 18_001, true)]
    [InlineData(18_000, 75_000, false)] // a clock half a minute late
    [InlineData(18_000, 18_000, false)] // a clock that stands still
    [InlineData(4_294_967_000u, 59_000, false)] // wrapped
    [InlineData(4_294_967_000u, 9_000, true)] // wrapped early
    public async Task A_clock_that_advanced_by_less_than_the_walk_took_tells_of_a_restart(uint before, uint after, bool restarted)
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]);
        foreach (uint uptime in new[] { before, after, 1_000_000u, 1_060_000u }) device.Uptimes.Enqueue(uptime);
        device.OnAsked = oid => _time.Advance(oid == "1.3.6.1.2.1.2.2.1.2" ? TimeSpan.FromMinutes(10) : TimeSpan.Zero);
        CollectionResult result = await CollectAsync(device);
        Assert.Equal(TimeSpan.FromMilliseconds(10.0 * (restarted ? 1_000_000u : before)), result.Snapshot!.SysUpTime);
    }

    [Fact]
    public async Task A_device_that_falls_silent_is_left_alone_and_gives_no_snapshot()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0"), Row.Int("1.3.6.1.2.1.4.20.1.2.192.0.2.1", 1)]);
        device.OnAsked = oid =>
        {
            if (oid.StartsWith("1.3.6.1.2.1.4.20.1.", StringComparison.Ordinal)) device.Failures["1"] = SnmpStatus.Timeout;
        };
        CollectionResult result = await CollectAsync(device);
        Assert.Null(result.Snapshot);
        Assert.Contains("ipAddrTable", result.Reason, StringComparison.Ordinal);
        Assert.Equal("1.3.6.1.2.1.1.3.0", device.Asked[^1]); // asked once whether it is still there, and nothing after that
    }

    [Theory]
    [InlineData(SnmpStatus.NotAuthorized, ReadingOutcome.Refused)]
    [InlineData(SnmpStatus.Timeout, ReadingOutcome.NoAnswer)]
    [InlineData(SnmpStatus.AgentError, ReadingOutcome.Truncated)]
    [InlineData(SnmpStatus.NonIncreasing, ReadingOutcome.Truncated)]
    public async Task One_tables_failure_loses_no_other(SnmpStatus failure, ReadingOutcome expected)
    {
        VarBind[] arp = [Row.Hex("1.3.6.1.2.1.4.22.1.2.1.192.0.2.9", "00005e005309"), Row.Int("1.3.6.1.2.1.4.22.1.4.1.192.0.2.9", 3)];
        VarBind[] routes = [Row.Int("1.3.6.1.2.1.4.21.1.2.192.0.2.0", 1), Row.Ip("1.3.6.1.2.1.4.21.1.11.192.0.2.0", "255.255.255.0"),
            Row.Int("1.3.6.1.2.1.4.21.1.8.192.0.2.0", 3)];
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0"), .. arp, .. routes]) { Failures =
            { ["1.3.6.1.2.1.4.21"] = failure } };
        DeviceSnapshot snapshot = (await CollectAsync(device)).Snapshot!;

        TableReading reading = snapshot.Reading(Route.IpRouteTable);
        Assert.Equal(expected, reading.Outcome);
        Assert.NotNull(reading.Reason);
        Assert.Single(snapshot.Arp);
        Assert.Single(snapshot.Interfaces);
    }

    [Fact]
    public async Task Every_table_leaves_a_reading_and_one_that_is_not_served_says_why_that_may_be()
    {
        DeviceSnapshot snapshot = await Collect.From(Row.Interfaces("eth0"));
        foreach (FactSource source in new[] { Interface.IfTable, Route.IpRouteTable, FdbEntry.Dot1qTpFdbTable, LldpNeighbor.LldpRemTable,
            AccessPoint.BsnAPTable, TopFlow.CnfTopFlowsTable })
            Assert.Equal(source == Interface.IfTable ? ReadingOutcome.Answered : ReadingOutcome.NotServed,
                snapshot.Reading(source).Outcome);
        Assert.Contains("SNMP view", snapshot.Reading(LldpNeighbor.LldpRemTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_left_when_the_time_is_over_are_truncated_and_not_asked()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]);
        device.OnAsked = _ => _time.Advance(TimeSpan.FromSeconds(30)); // a tarpit
        CollectionResult result =
            await Collect.FromAsync(device, _time, new CollectionLimits { Device = TimeSpan.FromMinutes(5) });
        Assert.Equal(ReadingOutcome.Truncated, result.Snapshot!.Reading(TopFlow.CnfTopFlowsTable).Outcome);
        Assert.Contains("5 minutes", result.Snapshot!.Reading(TopFlow.CnfTopFlowsTable).Reason, StringComparison.Ordinal);
        Assert.InRange(device.Asked.Count, 10, 40);
    }

    [Fact]
    public async Task A_table_in_which_the_time_is_over_says_so_and_not_what_was_left_of_it()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]) { Failures =
            { ["1.3.6.1.2.1.2.2"] = SnmpStatus.BudgetSpent } };
        device.OnAsked = oid =>
            _time.Advance(oid.StartsWith("1.3.6.1.2.1.2.2.1.", StringComparison.Ordinal) ? TimeSpan.FromMinutes(5) : TimeSpan.Zero);
        CollectionResult result =
            await Collect.FromAsync(device, _time, new CollectionLimits { Device = TimeSpan.FromMinutes(5) });
        TableReading cut = result.Snapshot!.Reading(Interface.IfTable);
        Assert.Equal(ReadingOutcome.Truncated, cut.Outcome);
        Assert.Contains("The 5 minutes for one device are over", cut.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_collection_ends_at_once()
    {
        using var cancelled = new CancellationTokenSource();
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]);
        device.OnAsked = oid =>
        {
            if (oid.StartsWith("1.3.6.1.2.1.2.2", StringComparison.Ordinal)) cancelled.Cancel();
        };
        var collector = new DeviceCollector(Collect.Snmp(device), _time);
        await Assert.ThrowsAsync<OperationCanceledException>(() => collector.CollectAsync(Collect.Access, cancelled.Token));
    }

    [Fact]
    public async Task The_probe_tells_who_is_there_in_one_request()
    {
        var device = new RecordedSession(Row.System("edge-1"));
        ProbeResult found = await AskAsync(device);
        var expected = new ProbeResult(Reply.Answer, null)
        {
            SysObjectId = "1.3.6.1.4.1.8072.3.2.10",
            SysDescr = "Linux edge-1 6.1.0 #1 SMP x86_64",
        };
        Assert.Equal(expected, found);
        Assert.All(device.Asked, asked => Assert.StartsWith("1.3.6.1.2.1.1.", asked, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SnmpStatus.Timeout, Reply.None, false)]
    [InlineData(SnmpStatus.Unreachable, Reply.NotSent, false)]
    [InlineData(SnmpStatus.UnknownUser, Reply.UnknownUser, true)]
    [InlineData(SnmpStatus.WrongDigest, Reply.Refusal, true)]
    [InlineData(SnmpStatus.AgentError, Reply.Refusal, true)]
    public async Task The_probe_says_in_its_own_words_whether_somebody_is_there(SnmpStatus status, Reply reply, bool answered)
    {
        ProbeResult found = await AskAsync(new RecordedSession([]) { Failures = { ["1"] = status } });
        Assert.Equal((reply, answered, $"scripted {status}"), (found.Reply, found.IsAnswered, found.Reason));
    }

    [Fact]
    public async Task Who_asks_and_then_collects_by_one_access_has_one_session()
    {
        int opened = 0;
        var device = new RecordedSession(Row.System());
        var snmp = new SnmpAccess(_ =>
        {
            opened++;
            return device;
        });
        var collector = new DeviceCollector(snmp, _time);
        DeviceAccess access = Collect.Access;
        await collector.AskAsync(access, CancellationToken.None);
        await collector.CollectAsync(access, CancellationToken.None);
        Assert.Equal(1, opened);
        await collector.AskAsync(access with { Retries = 0 }, CancellationToken.None);
        Assert.Equal(2, opened);
    }

    private Task<CollectionResult> CollectAsync(RecordedSession session) => Collect.FromAsync(session, _time);

    private Task<ProbeResult> AskAsync(RecordedSession session) =>
        new DeviceCollector(Collect.Snmp(session), _time).AskAsync(Collect.Access, CancellationToken.None);
}
