using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class IfCountersTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_collection_brings_the_counters_of_all_interfaces_by_their_names()
    {
        CountersReading told = (await WholeAsync(Device([.. Wide(1, 900), Row.Gauge("1.3.6.1.2.1.2.2.1.14.2", 4)]))).Counters!;
        Assert.Equal(_time.GetUtcNow(), told.At);
        Assert.Equal(["eth0", "eth1"], told.Interfaces.Select(one => one.Name));
        Assert.NotNull(told.UpTimeTicks);
        Assert.Equal((true, 900, 1_800, null), (told.Interfaces[0].Has64Bits, told.Interfaces[0].InOctets, told.Interfaces[0].OutOctets,
            told.Interfaces[0].InErrors));
        Assert.Equal((false, null, 4L), (told.Interfaces[1].Has64Bits, told.Interfaces[1].InOctets, told.Interfaces[1].InErrors));
    }

    [Fact]
    public async Task Octets_of_32_bits_are_told_where_a_port_has_no_others_and_else_not_asked_for()
    {
        RecordedSession old = Device([Row.Gauge("1.3.6.1.2.1.2.2.1.10.1", 70), Row.Gauge("1.3.6.1.2.1.2.2.1.16.1", 80)]);
        InterfaceCounts told = (await WholeAsync(old)).Counters!.Interfaces[0];
        Assert.Equal((false, 70, 80), (told.Has64Bits, told.InOctets, told.OutOctets));

        CountersReading mixed = (await WholeAsync(Device([.. Wide(1, 900), Row.Gauge("1.3.6.1.2.1.2.2.1.10.1", 7),
            Row.Gauge("1.3.6.1.2.1.2.2.1.10.2", 70)]))).Counters!;
        Assert.Equal([(true, 900), (false, 70L)], mixed.Interfaces.Select(one => (one.Has64Bits, one.InOctets!.Value)));

        RecordedSession wide = Device([.. Wide(1, 900), .. Wide(2, 900), Row.Gauge("1.3.6.1.2.1.2.2.1.10.1", 70)]);
        Assert.Equal(900, (await WholeAsync(wide)).Counters!.Interfaces[0].InOctets);
        Assert.DoesNotContain("1.3.6.1.2.1.2.2.1.10", wide.Asked);
    }

    [Fact]
    public async Task They_are_read_with_what_packets_change_and_are_no_part_of_the_facts()
    {
        RecordedSession device = Device(Wide(1, 900));
        DeviceSnapshot stored = (await WholeAsync(device)).Snapshot!;
        _time.Advance(TimeSpan.FromMinutes(30));
        RecordedSession later = Device(Wide(1, 90_000));
        CollectionResult learned = await AgainAsync(later, stored, CollectionTier.Learned);
        Assert.Equal(90_000, learned.Counters!.Interfaces[0].InOctets);
        Assert.Equal(SnapshotCodec.Digest(stored), SnapshotCodec.Digest(learned.Snapshot!));
        Assert.Equal(stored.Readings.Length, learned.Snapshot!.Readings.Length);

        RecordedSession routes = Device(Wide(1, 90_000));
        Assert.Null((await AgainAsync(routes, stored, CollectionTier.Routes)).Counters);
        Assert.DoesNotContain("1.3.6.1.2.1.31.1.1.1.6", routes.Asked);
    }

    [Fact]
    public async Task A_device_that_refuses_them_has_told_its_facts_all_the_same()
    {
        RecordedSession device = Device(Wide(1, 900));
        device.Failures["1.3.6.1.2.1.31.1.1.1.6"] = SnmpStatus.AgentError;
        CollectionResult told = await WholeAsync(device);
        Assert.Null(told.Counters);
        Assert.Equal(2, told.Snapshot!.Interfaces.Length);
    }

    private static RecordedSession Device(IEnumerable<VarBind> counters) =>
        new([.. Row.System(), .. Row.Interfaces("eth0", "eth1"), .. counters]);

    private static VarBind[] Wide(int port, ulong octets) =>
        [Row.Counter($"1.3.6.1.2.1.31.1.1.1.6.{port}", octets), Row.Counter($"1.3.6.1.2.1.31.1.1.1.10.{port}", 2 * octets)];

    private Task<CollectionResult> WholeAsync(RecordedSession device) =>
        new DeviceCollector(new SnmpAccess(_ => device), _time).CollectAsync(Collect.Access, CancellationToken.None);

    private Task<CollectionResult> AgainAsync(RecordedSession device, DeviceSnapshot stored, CollectionTier tier) =>
        new DeviceCollector(new SnmpAccess(_ => device), _time).CollectAgainAsync(
            Collect.Access, new Again(stored, new HashSet<CollectionTier> { tier }, null), CancellationToken.None);
}
