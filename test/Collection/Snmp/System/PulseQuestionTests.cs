using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class PulseQuestionTests
{
    private static readonly VarBind[] s_rows =
    [
        .. Row.System(), Row.Gauge("1.3.6.1.2.1.4.24.3.0", 11), Row.Gauge("1.3.6.1.2.1.4.24.6.0", 12),
        Row.Gauge("1.3.6.1.2.1.31.1.5.0", 13), Row.Gauge("1.3.6.1.2.1.47.1.4.1.0", 14), Row.Gauge("1.0.8802.1.1.2.1.2.1.0", 15),
        Row.Gauge("1.3.6.1.2.1.17.2.4.0", 16),
    ];

    [Fact]
    public async Task One_GET_tells_whether_a_device_is_there_and_what_has_changed()
    {
        var device = new RecordedSession(s_rows) { Took = TimeSpan.FromMilliseconds(7) };

        Pulse pulse = await AskAsync(device);

        Assert.Equal(new Pulse(new ChangeSigns(360_000, 13, 14, 15, 16, 12), null, TimeSpan.FromMilliseconds(7)), pulse);
        Assert.Equal(7, device.Asked.Count);
    }

    [Fact]
    public async Task What_an_agent_does_not_tell_is_not_told_and_the_older_count_stands_in()
    {
        Pulse pulse = await AskAsync(new RecordedSession([.. Row.System(), Row.Gauge("1.3.6.1.2.1.4.24.3.0", 11)]));

        Assert.Equal(new ChangeSigns(360_000, null, null, null, null, 11), pulse.Signs);
    }

    [Fact]
    public async Task An_agent_that_drops_large_requests_is_there_all_the_same()
    {
        Pulse pulse = await AskAsync(new RecordedSession(s_rows) { MostObjects = 6 });

        Assert.Equal(new ChangeSigns(360_000, null, null, null, null, null), pulse.Signs);
    }

    [Fact]
    public async Task A_silent_device_has_no_pulse_but_a_reason()
    {
        Pulse pulse = await AskAsync(new RecordedSession(s_rows) { Failures = { ["1"] = SnmpStatus.Timeout } });

        Assert.Equal(new Pulse(null, "scripted Timeout", TimeSpan.Zero), pulse);
    }

    private static Task<Pulse> AskAsync(RecordedSession device) =>
        new DeviceCollector(Collect.Snmp(device), new FakeTimeProvider()).PulseAsync(Collect.Access, CancellationToken.None);
}
