using System.Globalization;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Storage.Tests;

namespace Towpath.Server.Tests;

/// <summary>Two servers on one database search a range in which nobody answers, and one of them dies.</summary>
[Trait("Needs", "servers")]
public sealed class SharedSearchTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime, IDisposable
{
    private const string Intent = "/dna/intent/api/v1";
    private const int Addresses = 8 * 256;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private Cable _cable = null!;
    private ServerOn _living = null!;
    private ServerOn _dying = null!;

    public async Task InitializeAsync()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder));
        _cable = new Cable(database);
        _living = new ServerOn(database, key);
        _dying = new ServerOn(_cable.Words, key) { LogsIn = false };
        await _living.InitializeAsync();
        await _dying.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        _cable.Cut();
        _cable.Mend();
        await Task.WhenAll(_living.DisposeAsync(), _dying.DisposeAsync());
        _folder.Delete(recursive: true);
    }

    public void Dispose() => _cable.Dispose();

    [Fact]
    public async Task Each_asks_a_part_and_what_the_dead_one_had_not_saved_is_asked_by_the_other()
    {
        Answer accepted = await _living.PostAsync($"{Intent}/discovery", new
        {
            name = "silence", discoveryType = "Range", ipAddressList = "10.77.0.0-10.77.7.255", snmpVersion = "v2",
            snmpROCommunity = "public", retry = 0, timeout = 2, protocolOrder = "ssh",
        });
        string made = (await _living.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>()))["progress"]!.GetValue<string>();
        int id = int.Parse(made, CultureInfo.InvariantCulture);
        var store = _living.Service<IDiscoveryStore>();

        await SharedServer.WithinAsync(s_patience, () => Task.FromResult(Parts(_living) > 1 && Parts(_dying) > 1));
        _cable.Cut();

        await SharedServer.WithinAsync(
            s_patience, async () => (await store.FindAsync(id, default))!.Condition == DiscoveryCondition.Complete);
        Assert.All(await store.PartsAsync(id, default), part => Assert.True(part.HasEnded));
        DiscoveryJob[] jobs = [.. await store.JobsAsync(id, null, 0, 2 * Addresses, default)];
        Assert.Equal(Addresses, jobs.Length);
        Assert.All(jobs, job => Assert.Equal(JobOutcome.NoAnswer, job.Outcome));
    }

    private static int Parts(TestServer server) => server.Service<RunsHere>().Count;

    private sealed class ServerOn(string database, string masterKey) : SharedServer(database, masterKey)
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            base.Configure(options) with { AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
    }
}
