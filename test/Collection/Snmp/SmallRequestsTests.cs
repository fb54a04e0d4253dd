using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>An agent that drops large requests loses no fact by it.</summary>
public sealed class SmallRequestsTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    [InlineData(4)]
    public async Task A_device_that_drops_requests_of_many_variables_tells_all_that_another_one_tells(int most)
    {
        VarBind[] rows = [.. Switch()];
        DeviceSnapshot decent = await Collect.From(new RecordedSession(rows));
        var time = new FakeTimeProvider();
        await using var agent = new DroppingAgent(rows, most, time);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });

        CollectionResult result =
            await new DeviceCollector(new SnmpAccess(engine.Open), time).CollectAsync(agent.Access, CancellationToken.None);

        Assert.Null(result.Reason);
        Assert.Equal(Summary.Of("switch", decent), Summary.Of("switch", result.Snapshot!));
        Assert.Equal(decent.Identity, result.Snapshot!.Identity);
        Assert.Equal(1, agent.Dropped); // the first of many variables; none after that
    }

    [Fact]
    public async Task Single_objects_that_do_not_come_are_told_in_the_reading_of_the_system_group()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")])
        {
            Failures = { ["1.3.6.1.2.1.17.1.1"] = SnmpStatus.AgentError },
        };

        TableReading system = (await Collect.From(device)).Reading(DeviceIdentity.System);

        Assert.Equal(ReadingOutcome.Answered, system.Outcome);
        Assert.StartsWith(
            "Single objects, such as location, serial number and chassis id, are missing.", system.Reason, StringComparison.Ordinal);
    }

    /// <summary>Tables of up to nine columns, and a dozen single objects.</summary>
    private static IEnumerable<VarBind> Switch() =>
    [
        .. Row.System(), Row.Text("1.3.6.1.2.1.1.4.0", "noc@example.net"), Row.Text("1.3.6.1.2.1.1.6.0", "room 7"),
        .. Row.Interfaces("ge1", "ge2", "ge3"), Row.Hex("1.3.6.1.2.1.17.1.1.0", "00005e005310"),
        Row.Int("1.0.8802.1.1.2.1.3.1.0", 4), Row.Hex("1.0.8802.1.1.2.1.3.2.0", "00005e005310"),
        .. Enumerable.Range(1, 3).Select(port => Row.Int($"1.3.6.1.2.1.17.1.4.1.2.{port}", port)),
        .. Enumerable.Range(1, 3).SelectMany(port => new[]
        {
            Row.Int($"1.0.8802.1.1.2.1.4.1.1.4.0.{port}.1", 4), Row.Hex($"1.0.8802.1.1.2.1.4.1.1.5.0.{port}.1", $"00005e0053f{port}"),
            Row.Int($"1.0.8802.1.1.2.1.4.1.1.6.0.{port}.1", 5), Row.Text($"1.0.8802.1.1.2.1.4.1.1.7.0.{port}.1", $"p{port}"),
            Row.Text($"1.0.8802.1.1.2.1.4.1.1.8.0.{port}.1", $"port {port}"), Row.Text($"1.0.8802.1.1.2.1.4.1.1.9.0.{port}.1", $"n{port}"),
            Row.Text($"1.0.8802.1.1.2.1.4.1.1.10.0.{port}.1", "a switch"), Row.Hex($"1.0.8802.1.1.2.1.4.1.1.12.0.{port}.1", "2800"),
            Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.2.1.0.0.94.0.83.{port}", port),
            Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.3.1.0.0.94.0.83.{port}", 3),
        }),
    ];
}
