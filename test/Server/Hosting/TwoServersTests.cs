using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Storage.Tests;

namespace Towpath.Server.Tests;

/// <summary>Two servers on one empty database, started at once, beside one campus.</summary>
[Trait("Needs", "servers")]
public sealed class TwoServersTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Intent = "/dna/intent/api/v1";

    /// <summary>What one server writes the others show: promised are 2 s, on a machine that is not busy.</summary>
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly AgentHost _agents = CampusServer.StartAgents(CampusServer.Campus().Devices);
    private CampusOn _one = null!;
    private CampusOn _other = null!;

    public async Task InitializeAsync()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder));
        (_one, _other) = (new CampusOn(database, key, _agents.Port), new CampusOn(database, key, _agents.Port));
        await Task.WhenAll(_one.InitializeAsync(), _other.InitializeAsync());
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_one.DisposeAsync(), _other.DisposeAsync());
        await _agents.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Both_are_one_installation_and_each_takes_the_others_tokens_and_credentials()
    {
        Assert.Equal(_one.Service<Installation>().TenantId, _other.Service<Installation>().TenantId);

        using HttpClient client = _other.NewClient();
        client.DefaultRequestHeaders.Add("X-Auth-Token", _one.Http.DefaultRequestHeaders.GetValues("X-Auth-Token"));
        Assert.True((await client.GetAsync($"{Intent}/task/count")).IsSuccessStatusCode);

        await EndAsync(_one, _other, _one.PostAsync(
            $"{Intent}/global-credential/snmpv2-read-community", new[] { new { readCommunity = "s3cret" } }));
        Assert.Equal(new CredentialContent.ReadCommunity("s3cret"),
            Assert.Single(await _other.Service<Credentials>().ListAsync(null, default)).Content);
    }

    [Fact]
    public async Task Devices_that_both_add_at_once_have_one_id_each_and_both_servers_know_all_of_them()
    {
        JsonObject[] added = await Task.WhenAll(AddAsync(_one, _other), AddAsync(_other, _one));
        Assert.All(added, task => Assert.False(task["isError"]!.GetValue<bool>(), task.ToJsonString()));

        Assert.Equal(CampusServer.Addresses.Length, Ids(_one).Length);
        Assert.Equal(CampusServer.Addresses.Order(), Addresses(_one));
        await WithinAsync(s_promised, () => Ids(_one).SequenceEqual(Ids(_other)));

        DeviceId removed = Ids(_one)[0];
        await EndAsync(_one, _other, _one.DeleteAsync($"{Intent}/network-device/{removed}"));
        await WithinAsync(s_promised, () => !Ids(_other).Contains(removed));
    }

    [Fact]
    public async Task A_trace_that_one_accepts_is_read_at_the_other_and_ends_once()
    {
        Answer accepted = await _one.PostAsync($"{Intent}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        await EndAsync(_one, _other, Task.FromResult(accepted));

        string path = $"{Intent}/flow-analysis/{accepted.Response["flowAnalysisId"]}";
        Assert.Equal((await _one.GetAsync(path)).Text, (await _other.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_discovery_that_is_stopped_or_deleted_at_one_server_ends_at_the_one_that_works_on_it()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder, "stops"));
        var serves = new CampusOn(database, key, _agents.Port) { Roles = NodeRoles.Api };
        var collects = new CampusOn(database, key, _agents.Port) { Roles = NodeRoles.Collect, LogsIn = false };
        await serves.InitializeAsync();
        await collects.InitializeAsync();
        try
        {
            JsonObject made = await EndAsync(serves, serves, serves.PostAsync($"{Intent}/discovery", new
            {
                // Nobody is there: its only question lasts longer than the test.
                name = "silence", discoveryType = "Single", ipAddressList = "10.99.0.1", snmpVersion = "v2",
                snmpROCommunity = "public", retry = 3, timeout = 60, protocolOrder = "ssh",
            }));
            int id = int.Parse(made["progress"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            await WithinAsync(s_patience, () => Runs(collects) == 1);

            await EndAsync(serves, serves, serves.PutAsync($"{Intent}/discovery", new { id, discoveryStatus = "Inactive" }));
            await WithinAsync(s_promised, () => Runs(collects) == 0);

            await EndAsync(serves, serves, serves.PutAsync($"{Intent}/discovery", new { id, discoveryStatus = "Active" }));
            await WithinAsync(s_patience, () => Runs(collects) == 1);
            await EndAsync(serves, serves, serves.DeleteAsync($"{Intent}/discovery/{id}"));
            await WithinAsync(s_promised, () => Runs(collects) == 0);
        }
        finally
        {
            await serves.DisposeAsync();
            await collects.DisposeAsync();
        }

        static int Runs(TestServer server) => server.Service<RunsHere>().Count;
    }

    [Fact]
    public async Task A_server_that_only_collects_runs_the_discoveries_of_one_that_only_serves()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder, "roles"));
        var serves = new CampusOn(database, key, _agents.Port) { Roles = NodeRoles.Api };
        var collects = new CampusOn(database, key, _agents.Port) { Roles = NodeRoles.Collect, LogsIn = false };
        await serves.InitializeAsync();
        await collects.InitializeAsync();
        try
        {
            await serves.PostAsync($"{Intent}/discovery", new
            {
                name = "loopback", discoveryType = "Single", ipAddressList = CampusServer.Addresses[0], snmpVersion = "v2",
                snmpROCommunity = "public", retry = 1, timeout = 5, protocolOrder = "ssh",
            });
            await WithinAsync(s_patience, () => collects.Service<Devices>().View.State.Records.Count == 1);
            await WithinAsync(s_promised, () => Ids(serves).SequenceEqual(Ids(collects)));

            using HttpClient client = collects.NewClient();
            Assert.Equal(404, (int)(await client.GetAsync($"{Intent}/task/count")).StatusCode);
            Assert.Equal(200, (int)(await client.GetAsync("/health/ready")).StatusCode);

            // Each is as ready as its own role is.
            serves.Running.Readiness.WaitFor("the page is there", NodeRoles.Api);
            collects.Running.Readiness.WaitFor("the page is there", NodeRoles.Api);
            await StandStillAsync(serves);
            Assert.Contains("Not ready yet: the page is there (api).", (await ReadyAsync(serves)).Text, StringComparison.Ordinal);
            Assert.Equal("ready\n", (await ReadyAsync(collects)).Text);

            serves.Running.Readiness.Done("the page is there");
            await StandStillAsync(collects);
            Assert.Equal("ready\n", (await ReadyAsync(serves)).Text);
            Answer idle = await ReadyAsync(collects);
            ErrorTests.AssertIsError(idle, 503);
            Assert.Contains("Not ready (collect): The scheduler", idle.Text, StringComparison.Ordinal);
        }
        finally
        {
            await serves.DisposeAsync();
            await collects.DisposeAsync();
        }
    }

    private static async Task<Answer> ReadyAsync(TestServer server)
    {
        using HttpClient client = server.NewClient();
        return await Answer.OfAsync(await client.GetAsync("/health/ready"));
    }

    /// <summary>Its jobs, that is.</summary>
    private static async Task StandStillAsync(TestServer server) => await (await server.Running.Services
        .GetRequiredKeyedService<ISchedulerFactory>(SerialJobServices.Scheduler).GetScheduler()).Standby();

    private static DeviceId[] Ids(TestServer server) => [.. server.Service<Devices>().View.State.Records.Keys.Order()];

    private static IEnumerable<string> Addresses(TestServer server) =>
        server.Service<Devices>().View.State.Records.Values.Select(record => $"{record.ManagementAddress}").Order();

    private static Task<JsonObject> AddAsync(TestServer at, TestServer asked) => EndAsync(at, asked, at.PostAsync(
        $"{Intent}/network-device",
        new { ipAddress = CampusServer.Addresses, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 2, snmpTimeout = 5 }));

    /// <summary>The end of what one server has accepted, as the other one tells it.</summary>
    private static async Task<JsonObject> EndAsync(TestServer at, TestServer asked, Task<Answer> write)
    {
        Answer accepted = await write;
        Assert.True(accepted.Status == 202, accepted.Text);
        string task = accepted.Response["taskId"]!.GetValue<string>();
        JsonObject ended = await at.EndOfTaskAsync(task);
        Assert.Equal(ended.ToJsonString(), (await asked.GetAsync($"{Intent}/task/{task}")).Response.ToJsonString());
        return ended;
    }

    private static Task WithinAsync(TimeSpan time, Func<bool> holds) => SharedServer.WithinAsync(time, () => Task.FromResult(holds()));
}
