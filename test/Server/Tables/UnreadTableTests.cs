using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>No rows of a device are told from a table that it did not show.</summary>
public sealed class UnreadTableTests : IAsyncLifetime
{
    private readonly TestServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(ReadingOutcome.Refused, "arp", true)]
    [InlineData(ReadingOutcome.Truncated, "arp/count", true)]
    [InlineData(ReadingOutcome.NoAnswer, "arp", true)]
    [InlineData(ReadingOutcome.Refused, "routes", false)]
    [InlineData(ReadingOutcome.Empty, "arp", false)]
    [InlineData(ReadingOutcome.Answered, "arp", false)]
    public async Task A_table_that_a_device_did_not_show_whole_is_said(ReadingOutcome outcome, string table, bool isSaid)
    {
        await _server.Service<Devices>().SaveAsync([Router(outcome)], default);
        await _server.Service<Devices>().UpToDateAsync(default);

        Answer answer = await _server.GetAsync($"/dna/intent/api/v1/table/{table}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(isSaid, answer.Message.Headers.TryGetValues("Warning", out IEnumerable<string>? warnings)
            && warnings.Single().Contains("The table of 1 devices could not be read whole", StringComparison.Ordinal));
    }

    private static CollectedDevice Router(ReadingOutcome outcome) => new(
        Ipv4Address.Parse("192.0.2.1"),
        new DeviceSnapshot
        {
            Identity = DeviceIdentity.Nobody with { SysName = "router" },
            CollectedAt = DateTimeOffset.UnixEpoch,
            Readings = [new TableReading(ArpEntry.IpNetToMediaTable, "", outcome, 0, DateTimeOffset.UnixEpoch, "reason")],
        },
        new AccessSettings(new DeviceCredential.SnmpV2c("public"), null, 3, TimeSpan.FromSeconds(60)));
}
