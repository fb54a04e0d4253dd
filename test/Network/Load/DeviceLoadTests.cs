using System.Collections.Immutable;

namespace Towpath.Network.Tests;

/// <summary>What is kept of interface counters, reading by reading.</summary>
public sealed class DeviceLoadTests
{
    private const uint Day = 8_640_000; // ticks
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_readings_give_rates_and_what_was_lost_in_between()
    {
        DeviceLoad first = DeviceLoad.After(null, Reading(0, 1_000, Port(in_: 1_000, out_: 5_000, errors: 7)));
        DeviceLoad second = DeviceLoad.After(first, Reading(100, 11_000, Port(in_: 13_500, out_: 5_000, errors: 10)));

        Assert.Equal((null, null, null), (first.From, Of(first).RateIn, Of(first).Lost));
        Assert.Equal((s_noon, s_noon.AddSeconds(100)), (second.From, second.At));
        Assert.Equal((1_000, 0, 3, 3), (Of(second).RateIn, Of(second).RateOut, Of(second).ErrorsIn, Of(second).Lost));
        Assert.Null(Of(second).DiscardsOut); // not told
    }

    [Fact]
    public void A_restart_a_discontinuity_and_counters_that_went_back_give_none()
    {
        DeviceLoad first = DeviceLoad.After(null, Reading(0, Day, Port(in_: 1_000, errors: 7)));
        DeviceLoad restarted = DeviceLoad.After(first, Reading(1_800, 5_000, Port(in_: 900_000, errors: 9)));
        DeviceLoad replaced = DeviceLoad.After(
            first, Reading(1_800, Day + 180_000, Port(in_: 900_000, errors: 9) with { DiscontinuityTicks = Day + 10 }));
        DeviceLoad cleared = DeviceLoad.After(first, Reading(1_800, Day + 180_000, Port(in_: 500, errors: 1)));
        Assert.All((DeviceLoad[])[restarted, replaced, cleared],
            load => Assert.Equal((null, null), (Of(load).RateIn, Of(load).ErrorsIn)));
        Assert.Equal(s_noon.AddSeconds(1_800), Of(restarted).LastUsed); // what it counts came in since
    }

    [Fact]
    public void A_counter_of_32_bits_gives_a_rate_only_where_it_cannot_have_wrapped_twice()
    {
        Assert.Equal(800, Rate(speed: 10_000_000, from: 1_000, to: 181_000));
        Assert.Equal(800, Rate(speed: 10_000_000, from: (1L << 32) - 1_000, to: 179_000)); // it wrapped once
        Assert.Null(Rate(speed: 1_000_000_000, from: 1_000, to: 181_000));
        Assert.Null(Rate(speed: 0, from: 1_000, to: 181_000));

        static long? Rate(long speed, long from, long to) => Of(DeviceLoad.After(
            DeviceLoad.After(null, Reading(0, Day, Narrow(from, speed))), Reading(1_800, Day + 180_000, Narrow(to, speed)))).RateIn;

        static InterfaceCounts Narrow(long octets, long speed) => Port(octets) with { Has64Bits = false, Speed = speed };
    }

    [Fact]
    public void An_interface_is_unused_since_the_last_octet_came_in_or_since_we_look()
    {
        DeviceLoad load = DeviceLoad.After(null, Reading(0, Day, Port(5)));
        load = DeviceLoad.After(load, Reading(1_800, Day + 180_000, Port(5)));
        Assert.Equal((null, s_noon), (Of(load).LastUsed, Of(load).UnusedSince));
        load = DeviceLoad.After(load, Reading(3_600, Day + 360_000, Port(6)));
        load = DeviceLoad.After(load, Reading(5_400, Day + 540_000, Port(6)));
        Assert.Equal((s_noon.AddSeconds(3_600), s_noon), (Of(load).LastUsed, Of(load).Since));
    }

    [Fact]
    public void A_port_that_is_down_was_last_in_use_when_it_went_down_though_that_was_before_we_looked()
    {
        InterfaceCounts changed = Port(5) with { LastChangeTicks = 10 * Day };
        Assert.Equal(s_noon.AddDays(-40), Of(DeviceLoad.After(null, Reading(0, 50 * Day, changed with { SeenDownAt = s_noon }))).LastUsed);
        Assert.Null(Of(DeviceLoad.After(null, Reading(0, 50 * Day, changed))).LastUsed); // up since then: who knows what came in
        Assert.Null(Of(DeviceLoad.After(null, Reading(0, 50 * Day, changed with { SeenDownAt = s_noon, LastChangeTicks = 0 }))).LastUsed);
        Assert.Null(Of(DeviceLoad.After(null, Reading(0, 5 * Day, changed with { SeenDownAt = s_noon }))).LastUsed); // sysUpTime wrapped

        DeviceLoad known = DeviceLoad.After(null, Reading(0, 50 * Day, changed));
        DeviceLoad plugged = DeviceLoad.After(
            known, Reading(1_800, 50 * Day + 180_000, Port(5) with { LastChangeTicks = 50 * Day + 6_000 }));
        Assert.Equal(s_noon.AddMinutes(1), Of(plugged).LastUsed); // a change of state is a use
    }

    [Fact]
    public void A_reading_that_comes_at_once_changes_nothing_and_a_clock_that_was_put_back_ends_the_interval()
    {
        DeviceLoad first = DeviceLoad.After(null, Reading(0, Day, Port(5)));
        Assert.Same(first, DeviceLoad.After(first, Reading(0, Day, Port(9))));
        Assert.Same(first, DeviceLoad.After(first, Reading(4, Day + 400, Port(9))));
        DeviceLoad back = DeviceLoad.After(first, Reading(-3_600, Day + 180_000, Port(9)));
        Assert.Equal((null, null, s_noon.AddHours(-1)), (back.From, Of(back).RateIn, back.At));
    }

    [Fact]
    public void It_is_read_back_as_it_was_stored_and_damaged_octets_are_none()
    {
        DeviceLoad load = DeviceLoad.After(null, new CountersReading(s_noon, Day,
            [Port(5, errors: 3) with { SeenDownAt = s_noon, LastChangeTicks = 77, Speed = 1_000 }, new InterfaceCounts("größer")]));
        load = DeviceLoad.After(load, Reading(100, Day + 10_000, Port(long.MaxValue, errors: 4), new InterfaceCounts("größer")));
        byte[] stored = DeviceLoadCodec.Encode(load);
        DeviceLoad read = DeviceLoadCodec.Decode(stored)!;
        Assert.Equal((load.From, load.At, load.UpTimeTicks), (read.From, read.At, read.UpTimeTicks));
        Assert.Equal(load.Interfaces, read.Interfaces.AsEnumerable());

        var random = new Random(1);
        for (int seed = 0; seed < 2_000; seed++)
        {
            byte[] damaged = [.. stored.AsSpan(0, random.Next(stored.Length))];
            if (damaged.Length > 0) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            DeviceLoadCodec.Decode(damaged); // nothing is thrown
        }
        Assert.Null(DeviceLoadCodec.Decode([]));
        Assert.Null(DeviceLoadCodec.Decode([.. stored.AsSpan(0, stored.Length / 2)]));
        Assert.Null(DeviceLoadCodec.Decode([9, .. stored.AsSpan(1)]));
    }

    private static InterfaceLoad Of(DeviceLoad load) => load.Of("Gi0/1")!;

    private static CountersReading Reading(int seconds, uint upTime, params ImmutableArray<InterfaceCounts> ports) =>
        new(s_noon.AddSeconds(seconds), upTime, ports);

    private static InterfaceCounts Port(long in_, long out_ = 0, long? errors = null) =>
        new("Gi0/1") { Has64Bits = true, InOctets = in_, OutOctets = out_, InErrors = errors };
}
