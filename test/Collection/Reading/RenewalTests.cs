using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>A device that is known is read again in part, and nothing of the rest is lost.</summary>
public sealed class RenewalTests
{
    private const string Load = "1.3.6.1.2.1.25.3.3.1.2.1"; // hrProcessorLoad
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_source_tells_facts_of_one_tier() => Assert.All(DeviceSource.All, source =>
        Assert.Single(source.Tells.Select(CollectionTiers.Of).OfType<CollectionTier>().Distinct()));

    [SharedFact]
    public async Task Every_recorded_device_that_is_read_tier_by_tier_is_the_same_as_when_it_was_read_whole()
    {
        int devices = 0;
        foreach (string path in Directory.GetFiles(Shared.File("samples", "snmprec"), "*.snmprec.gz").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path).Replace(".snmprec.gz", "", StringComparison.Ordinal);
            RecordedSession device = Recordings.Snmprec(name);
            DeviceSnapshot whole = await Collect.From(device);
            foreach (CollectionTier[] tiers in (CollectionTier[][])[
                [CollectionTier.Learned], [CollectionTier.Routes], [CollectionTier.Rest], [CollectionTier.Learned, CollectionTier.Routes],
                [.. CollectionTiers.All]])
            {
                DeviceSnapshot again = (await AgainAsync(device, whole, tiers)).Snapshot!;
                Assert.True(Digest(whole) == Digest(again),
                    $"{name} {string.Join('+', tiers)}: {string.Join(", ", FactLayout.All.Where(layout => Differs(layout, whole, again))
                        .Select(layout => layout.Name))}");
            }
            devices++;
        }
        Assert.True(devices > 20);
    }

    [Fact]
    public async Task Tables_that_are_not_due_keep_their_rows_and_times_and_are_not_asked()
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        _time.Advance(TimeSpan.FromMinutes(30));
        device.Asked.Clear();
        var changed = new RecordedSession([.. device.Rows, .. ArpRow("192.0.2.99"), .. RouteRow("20.0.0.0")]);

        DeviceSnapshot again = (await AgainAsync(changed, stored, CollectionTier.Learned)).Snapshot!;

        Assert.Contains(again.Arp, row => row.Address == Ipv4Address.Parse("192.0.2.99"));
        Assert.Equal(stored.Routes, again.Routes);
        Assert.Equal(stored.Interfaces, again.Interfaces);
        Assert.DoesNotContain(changed.Asked, asked => asked.StartsWith("1.3.6.1.2.1.4.24.4.1", StringComparison.Ordinal));
        Assert.Equal(stored.CollectedAt, again.Reading(Route.IpCidrRouteTable).ReadAt);
        Assert.Equal(_time.GetUtcNow(), again.Reading(ArpEntry.IpNetToMediaTable).ReadAt);
        Assert.Equal(_time.GetUtcNow(), again.LastRead(CollectionTier.Learned));
        Assert.Equal(stored.CollectedAt, again.LastRead(CollectionTier.Routes));
        Assert.Equal(_time.GetUtcNow(), again.CollectedAt);
    }

    [Fact]
    public async Task Where_ARP_was_not_read_the_snapshot_stays_as_old_as_its_sightings()
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        _time.Advance(TimeSpan.FromHours(2));

        DeviceSnapshot again = (await AgainAsync(device, stored, CollectionTier.Routes)).Snapshot!;

        Assert.Equal((stored.CollectedAt, _time.GetUtcNow()), (again.CollectedAt, again.LastRead(CollectionTier.Routes)));
    }

    [Fact]
    public async Task Of_two_generations_that_told_the_same_the_first_is_asked_and_what_it_tells_no_more_is_gone()
    {
        var both = new RecordedSession(
            [.. Router("10.0.0.0", "20.0.0.0").Rows, .. OldRouteRow("10.0.0.0"), .. OldRouteRow("20.0.0.0")]);
        DeviceSnapshot stored = await WholeAsync(both);
        Assert.Equal(4, stored.Routes.Length);
        var withdrawn = new RecordedSession([.. Router("10.0.0.0").Rows, .. OldRouteRow("10.0.0.0"), .. OldRouteRow("20.0.0.0")]);

        DeviceSnapshot again = (await AgainAsync(withdrawn, stored, CollectionTier.Routes)).Snapshot!;

        Assert.Equal([("10.0.0.0/8", Route.IpCidrRouteTable), ("10.0.0.0/8", Route.IpRouteTable)],
            again.Routes.Select(route => (route.Prefix.ToString(), route.Source)));
        Assert.DoesNotContain(withdrawn.Asked, asked => asked.StartsWith("1.3.6.1.2.1.4.21.1.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_generation_that_told_more_than_those_before_it_is_asked_again()
    {
        var device = new RecordedSession([.. Router("10.0.0.0").Rows, .. OldRouteRow("10.0.0.0"), .. OldRouteRow("20.0.0.0")]);
        DeviceSnapshot stored = await WholeAsync(device);
        var changed = new RecordedSession([.. Router("10.0.0.0").Rows, .. OldRouteRow("10.0.0.0"), .. OldRouteRow("30.0.0.0")]);

        DeviceSnapshot again = (await AgainAsync(changed, stored, CollectionTier.Routes)).Snapshot!;

        Assert.Equal(["10.0.0.0", "10.0.0.0", "30.0.0.0"], again.Routes.Select(route => route.Prefix.Network.ToString()));
    }

    [Fact]
    public async Task A_generation_that_does_not_answer_whole_is_not_enough()
    {
        var device = new RecordedSession([.. Router("10.0.0.0").Rows, .. OldRouteRow("10.0.0.0")]);
        DeviceSnapshot stored = await WholeAsync(device);
        device.Failures["1.3.6.1.2.1.4.24.4.1"] = SnmpStatus.NotAuthorized;

        DeviceSnapshot again = (await AgainAsync(device, stored, CollectionTier.Routes)).Snapshot!;

        Assert.Equal(Route.IpRouteTable, Assert.Single(again.Routes).Source);
    }

    [Theory]
    [InlineData(360_000u, "edge-1", false)]
    [InlineData(400_000u, "edge-1", false)]
    [InlineData(1_000u, "edge-1", true)] // restarted
    [InlineData(400_000u, "edge-2", true)] // somebody else
    public async Task A_device_that_restarted_or_has_another_name_is_read_whole(uint uptime, string name, bool isWhole)
    {
        DeviceSnapshot stored = await WholeAsync(Router("10.0.0.0"));
        var device = new RecordedSession([.. Row.System(name), .. Row.Interfaces("eth0", "eth1"), .. RouteRow("20.0.0.0")]);
        device.Uptimes.Enqueue(uptime);

        DeviceSnapshot again = (await AgainAsync(device, stored, CollectionTier.Learned)).Snapshot!;

        Assert.Equal(isWhole ? "20.0.0.0" : "10.0.0.0", Assert.Single(again.Routes).Prefix.Network.ToString());
        Assert.Equal(isWhole ? 2 : 1, again.Interfaces.Length);
    }

    [Theory]
    [InlineData(50, 200, false)] // four times is not more than four times
    [InlineData(50, 201, true)]
    [InlineData(10, 99, false)] // nobody notices a tenth of a second
    [InlineData(10, 101, true)]
    public async Task A_device_that_answers_four_times_slower_than_usual_keeps_the_rest_of_its_turn(int usual, int took, bool waits)
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        device.Took = TimeSpan.FromMilliseconds(took);
        _time.Advance(TimeSpan.FromMinutes(30));

        CollectionResult again = await AgainAsync(device, stored, TimeSpan.FromMilliseconds(usual), CollectionTier.Learned);

        Assert.Equal(waits, again.Waiting.Contains(CollectionTier.Learned));
        Assert.Equal(waits ? 1 : 0, again.Waiting.Count);
        TableReading arp = again.Snapshot!.Reading(ArpEntry.IpNetToMediaTable);
        Assert.Equal(waits ? stored.CollectedAt : _time.GetUtcNow(), arp.ReadAt);
        string words = $"the device took {took} ms for an answer and takes {usual} ms usually, so the rest was left for later.";
        Assert.Equal(waits ? words : null, arp.Postponed);
        Assert.Equal(stored.Arp.ToArray(), again.Snapshot!.Arp.ToArray());
        Assert.Null(again.Snapshot.Readings.First(reading => reading.Source == Route.IpCidrRouteTable).Postponed); // was not due
    }

    [Fact]
    public async Task Without_a_usual_time_nobody_is_slow()
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        device.Took = TimeSpan.FromSeconds(3);

        Assert.Empty((await AgainAsync(device, stored, CollectionTier.Learned)).Waiting);
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(81, true)]
    public async Task A_device_whose_CPU_is_above_80_percent_keeps_the_rest_of_its_turn(int load, bool waits)
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        var busy = new RecordedSession([.. device.Rows, Row.Int(Load, load)]);

        CollectionResult again = await AgainAsync(busy, stored, CollectionTier.Learned, CollectionTier.Routes);

        CollectionTier[] waiting = waits ? [CollectionTier.Routes, CollectionTier.Learned] : [];
        Assert.Equal(waiting, again.Waiting.Order());
        Assert.Equal(waits ? "the device's CPU is busy (81 %), so the rest was left for later." : null,
            again.Snapshot!.Reading(Route.IpCidrRouteTable).Postponed);
    }

    [Fact]
    public async Task What_was_read_before_a_device_became_slow_is_kept()
    {
        RecordedSession device = Router("10.0.0.0");
        DeviceSnapshot stored = await WholeAsync(device);
        var changed = new RecordedSession([.. device.Rows, .. RouteRow("20.0.0.0"), .. ArpRow("192.0.2.99"),
            Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.6.1.1", "a neighbor by CDP")]);
        changed.OnAsked = oid =>
        {
            if (oid == "1.3.6.1.2.1.4.22.1.2") changed.Took = TimeSpan.FromSeconds(1); // ARP comes after routes and before CDP
        };

        CollectionResult again = await AgainAsync(
            changed, stored, TimeSpan.FromMilliseconds(20), CollectionTier.Learned, CollectionTier.Routes);

        Assert.Equal(2, again.Snapshot!.Routes.Length);
        Assert.Equal(2, again.Snapshot.Arp.Length);
        Assert.Empty(again.Snapshot.CdpNeighbors);
        Assert.Equal([CollectionTier.Learned], again.Waiting);
    }

    private static string Digest(DeviceSnapshot snapshot) => Convert.ToHexString(SnapshotCodec.Digest(snapshot));

    private static bool Differs(FactLayout layout, DeviceSnapshot one, DeviceSnapshot other)
    {
        DeviceSnapshot nothing = new() { Identity = one.Identity, CollectedAt = one.CollectedAt };
        return Digest(layout.Keep(nothing, one)) != Digest(layout.Keep(nothing, other));
    }

    private async Task<DeviceSnapshot> WholeAsync(RecordedSession device) =>
        (await Collect.FromAsync(device, _time)).Snapshot!;

    private Task<CollectionResult> AgainAsync(RecordedSession device, DeviceSnapshot stored, params CollectionTier[] tiers) =>
        AgainAsync(device, stored, null, tiers);

    private Task<CollectionResult> AgainAsync(
        RecordedSession device, DeviceSnapshot stored, TimeSpan? usual, params CollectionTier[] tiers) =>
        new DeviceCollector(Collect.Snmp(device), _time)
            .CollectAgainAsync(Collect.Access, new Again(stored, tiers.ToHashSet(), usual), CancellationToken.None);

    /// <summary>One interface, one host, and routes by ipCidrRouteTable.</summary>
    private static RecordedSession Router(params string[] networks) =>
        new([.. Row.System(), .. Row.Interfaces("eth0"), .. ArpRow("192.0.2.10"), .. networks.SelectMany(RouteRow)]);

    private static VarBind[] ArpRow(string address) =>
    [
        Row.Hex($"1.3.6.1.2.1.4.22.1.2.1.{address}", $"00005e0053{address.Split('.')[3].PadLeft(2, '0')[^2..]}"),
        Row.Int($"1.3.6.1.2.1.4.22.1.4.1.{address}", 3),
    ];

    private static VarBind[] RouteRow(string network)
    {
        string index = $"{network}.255.0.0.0.0.192.0.2.254";
        return
        [
            Row.Int($"1.3.6.1.2.1.4.24.4.1.5.{index}", 1), Row.Int($"1.3.6.1.2.1.4.24.4.1.6.{index}", 4),
            Row.Int($"1.3.6.1.2.1.4.24.4.1.7.{index}", 13), Row.Int($"1.3.6.1.2.1.4.24.4.1.11.{index}", 20),
        ];
    }

    private static VarBind[] OldRouteRow(string network) =>
    [
        Row.Int($"1.3.6.1.2.1.4.21.1.2.{network}", 1), Row.Int($"1.3.6.1.2.1.4.21.1.3.{network}", 20),
        Row.Ip($"1.3.6.1.2.1.4.21.1.7.{network}", "192.0.2.254"), Row.Int($"1.3.6.1.2.1.4.21.1.8.{network}", 4),
        Row.Int($"1.3.6.1.2.1.4.21.1.9.{network}", 13), Row.Ip($"1.3.6.1.2.1.4.21.1.11.{network}", "255.0.0.0"),
    ];
}
