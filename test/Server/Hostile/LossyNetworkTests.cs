using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>A healthy device behind a bad network has the same inventory as behind a good one.</summary>
[Trait("Needs", "patience")]
public sealed class LossyNetworkTests(PatientServer server) : IClassFixture<PatientServer>
{
    [Theory]
    [InlineData(101, 2)]
    [InlineData(103, 3)]
    [InlineData(104, 5)]
    [InlineData(105, 8)]
    [InlineData(106, 13)]
    public async Task Loss_reordering_and_duplicates_change_nothing(int number, int seed)
    {
        var random = new Random(seed);
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(number));
        var held = new List<byte[]>();
        int lost = 0;
        await SameAsync(number, request =>
        {
            if (random.NextDouble() < 0.3) // of what is asked or answered
            {
                lost++;
                return [];
            }
            held.AddRange(AgentOnLoopback.Answer(agent, request));
            if (random.NextDouble() < 0.1) held.Add(held[^1]);
            if (random.NextDouble() < 0.1 && held.Count < 3) return []; // overtaken by the next
            byte[][] now = [.. held];
            random.Shuffle(now);
            held.Clear();
            return now;
        }, HostileServer.Community(timeout: 1, retry: 10));
        Assert.InRange(lost, 4, 1_000); // of some 30 requests
    }

    [Fact]
    public async Task Late_answers_and_duplicates_of_each_are_counted_once()
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(102));
        IReadOnlyList<byte[]> before = [];
        await SameAsync(102, request =>
        {
            IReadOnlyList<byte[]> answers = AgentOnLoopback.Answer(agent, request);
            byte[][] all = [.. before, .. answers, .. answers];
            before = answers;
            return all;
        }, HostileServer.Community());
    }

    /// <summary>Discovers the device over a good network, then over one where <paramref name="relay"/> decides what arrives.</summary>
    private async Task SameAsync(int number, DatagramAnswerer relay, object access)
    {
        Ipv4Address address = HostileAgents.Address(number);
        Found good;
        await using (new AgentOnLoopback(HostileAgents.Agent(address), server.EndPointOf(address))) good =
            await server.DiscoverAsync(address, access);
        string facts = Digest(good);

        Found bad;
        await using (new AgentOnLoopback(relay, server.EndPointOf(address))) bad = await server.AgainAsync(good);

        Assert.Equal(("Managed", "", facts), (bad.Outcome, bad.Reason, Digest(bad)));
    }

    private string Digest(Found found) =>
        server.Service<Devices>().Find(new DeviceId(Guid.Parse(found.Device!["id"]!.GetValue<string>())))!.SnapshotDigest;
}
