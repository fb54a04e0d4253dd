using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A run that was cut short, as by the death of its process, and goes on.</summary>
public sealed class ResumedRunTests : IAsyncLifetime
{
    private const string Discoveries = "/dna/intent/api/v1/discovery";

    private readonly TestServer _server = new OnLoopback { Services = services => services.AddSingleton<ISerialJobs, NobodyRuns>() };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Only_addresses_of_which_nothing_was_saved_are_asked_again()
    {
        Answer accepted = await _server.PostAsync(Discoveries, new
        {
            name = "cut short", discoveryType = "Range", ipAddressList = "10.99.0.1-10.99.0.2", snmpVersion = "v2",
            snmpROCommunity = "public", retry = 0, timeout = 1, protocolOrder = "ssh",
        });
        JsonObject created = await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        int id = int.Parse(created["progress"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        Ipv4Address asked = Ipv4Address.Parse("10.99.0.1");
        var dead = Guid.NewGuid();
        await _server.Service<IWriter>().CommitAsync(
        [
            new SetDiscoveryCondition(id, 1, DiscoveryCondition.InProgress, dead),
            new SaveDiscoveryJobs(id, 1, [new DiscoveryJob(id, 1, asked, JobOutcome.NoAnswer)
            {
                StartedAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch, Reason = "before the death",
            }], dead),
        ], default);

        await _server.Service<IEnumerable<ISerialJob>>().Single(job => job.Kind == "discovery").RunAsync($"{id}.1", default);

        DiscoveryJob[] jobs = [.. await _server.Service<IDiscoveryStore>().JobsAsync(id, null, 0, 10, default)];
        Assert.Equal(["10.99.0.1", "10.99.0.2"], jobs.Select(job => $"{job.Address}"));
        Assert.Equal("before the death", jobs[0].Reason);
        Assert.NotEqual("before the death", jobs[1].Reason);
        Assert.Equal(DiscoveryCondition.Complete, (await _server.Service<IDiscoveryStore>().FindAsync(id, default))!.Condition);
    }

    private sealed class OnLoopback : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
    }

    /// <summary>The test runs what it wants.</summary>
    private sealed class NobodyRuns : ISerialJobs
    {
        public Task StartAsync(string kind, string key, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
