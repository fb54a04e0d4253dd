using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Storage.Tests;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A server finds what the other has never heard of, since nothing is told to that one: it has to ask.</summary>
[Trait("Needs", "servers")]
public sealed class UnheardChangesTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Intent = "/dna/intent/api/v1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly AgentHost _agents = CampusServer.StartAgents(CampusServer.Campus().Devices);
    private CampusOn _finds = null!;
    private CampusOn _deaf = null!;

    public async Task InitializeAsync()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder));
        _finds = new CampusOn(database, key, _agents.Port);
        _deaf = new CampusOn(database, key, _agents.Port) { Services = OnlyWhenAsked.Wrap };
        await Task.WhenAll(_finds.InitializeAsync(), _deaf.InitializeAsync());
        await _finds.Service<Devices>().UpToDateAsync(default);
        Answer accepted = await _finds.PostAsync($"{Intent}/network-device", new
        {
            ipAddress = CampusServer.Addresses, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 1, snmpTimeout = 5,
        });
        JsonObject added = await _finds.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Assert.False(added["isError"]!.GetValue<bool>(), added.ToJsonString());
        Assert.Empty(_deaf.Service<Devices>().View.State.Records);
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_finds.DisposeAsync(), _deaf.DisposeAsync());
        await _agents.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private DeviceRecord Found => _finds.Service<Devices>().View.State.Records.Values.First();

    [Fact]
    public async Task A_device_is_found_by_its_id()
    {
        Answer one = await _deaf.GetAsync($"{Intent}/network-device/{Found.Id}");
        Assert.Equal(200, one.Status);
        Assert.Equal($"{Found.ManagementAddress}", one.Response["managementIpAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_device_is_removed_by_its_id() =>
        Assert.Equal(202, (await _deaf.DeleteAsync($"{Intent}/network-device/{Found.Id}")).Status);

    [Fact]
    public async Task What_nobody_knows_is_unknown_here_too() =>
        ErrorTests.AssertIsError(await _deaf.GetAsync($"{Intent}/network-device/{Guid.NewGuid()}"), 404);

    [Fact]
    public async Task A_trace_between_addresses_goes_through_the_network_that_the_other_found()
    {
        NetworkHost[] hosts = [.. _finds.Service<Devices>().View.Network.Hosts.OrderBy(host => host.Address)];
        await TraceAsync($"{hosts[0].Address}", $"{hosts[^1].Address}");
    }

    [Fact]
    public async Task A_trace_between_names_does_too()
    {
        InventoryView view = _finds.Service<Devices>().View;
        string[] names = [.. view.Devices.Where(device => !device.ManagementAddress.IsUnspecified).Select(device => device.Name)];
        await TraceAsync(names[0], names[^1]);
    }

    private async Task TraceAsync(string source, string destination)
    {
        Answer accepted = await _deaf.PostAsync($"{Intent}/flow-analysis", new { sourceIP = source, destIP = destination });
        JsonObject ended = await _deaf.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Assert.False(ended["isError"]!.GetValue<bool>(), ended.ToJsonString());
    }

    /// <summary>Waits for ever to be told.</summary>
    private sealed class OnlyWhenAsked(IChanges changes) : IChanges
    {
        public static void Wrap(IServiceCollection services)
        {
            Type own = services.Last(service => service.ServiceType == typeof(IChanges)).ImplementationType!;
            services.AddSingleton<IChanges>(provider => new OnlyWhenAsked((IChanges)ActivatorUtilities.CreateInstance(provider, own)));
        }

        public Task<long> NowAsync(CancellationToken cancellationToken) => changes.NowAsync(cancellationToken);

        public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) =>
            changes.SoFarAsync(version, cancellationToken);

        public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
            new TaskCompletionSource<OthersChanges>().Task.WaitAsync(cancellationToken);
    }
}
