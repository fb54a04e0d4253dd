using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Devices that take their time, and indexes that take theirs, keep nobody waiting who does not ask for them.</summary>
public sealed class NobodyWaitsTests : IAsyncLifetime
{
    private const string Catalyst = CampusServer.Catalyst;

    private readonly Gate _reading = new();
    private readonly Gate _building = new();
    private readonly CampusServer _server;

    public NobodyWaitsTests() => _server = new CampusServer
    {
        Services = services => services
            .AddSingleton<IDeviceReader>(provider =>
                new GatedReader(ActivatorUtilities.CreateInstance<DeviceReader>(provider), _reading))
            .AddSingleton(provider => new CurrentNetwork(TimeProvider.System, NullLogger<CurrentNetwork>.Instance, (state, _, _) =>
            {
                _building.PassAsync(CancellationToken.None).GetAwaiter().GetResult(); // on the thread of the build
                return new InventoryView(state, NetworkSnapshot.Build(state.Devices.Values), null);
            })),
    };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _building.Open();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_trace_is_completed_while_five_hundred_devices_are_being_read()
    {
        string[] devices = await AddManyAsync(500);
        _reading.Close();
        Answer sync = await _server.PutAsync($"{Catalyst}/network-device/sync", devices);
        Assert.Equal(202, sync.Status);
        for (int workers = 0; workers < new TaskEngineOptions().Workers; workers++) await _reading.EnteredAsync();

        await TraceAsync();
        await _server.EndAsync(_server.DeleteAsync($"{Catalyst}/network-device/{devices[0]}"));

        Answer polled = await _server.GetAsync($"{Catalyst}/task/{sync.Response["taskId"]}");
        Assert.False(polled.Response.AsObject().ContainsKey("endTime"));
        // So many once refused every other POST.
        for (int more = 0; more < 9; more++) await _server.PutAsync($"{Catalyst}/network-device/sync", devices[1..]);
        await TraceAsync();
    }

    [Fact]
    public async Task Polls_accepts_and_traces_go_on_over_the_last_finished_indexes_while_the_next_are_made()
    {
        int before = await CountAsync();
        _building.Close();
        Task<string[]> adding = AddManyAsync(1);
        await _building.EnteredAsync();

        JsonObject task = await TraceAsync();
        Assert.Equal(200, (await _server.GetAsync($"{Catalyst}/task/{task["id"]}")).Status);
        Assert.Equal(before, await CountAsync());
        foreach (string list in (string[])["network-device", "interface", "host", "topology/physical-topology"])
            Assert.Equal(200, (await _server.GetAsync($"{Catalyst}/{list}")).Status);
        Assert.False(adding.IsCompleted);

        _building.Open();
        await adding;
        Assert.Equal(before + 1, await CountAsync());
    }

    /// <summary>From the wireless host to the branch, by the campus's devices. Fails unless it is delivered.</summary>
    private async Task<JsonObject> TraceAsync()
    {
        Answer accepted = await _server.PostAsync($"{Catalyst}/flow-analysis", new { sourceIP = "10.1.15.117", destIP = "10.2.1.22" });
        Assert.Equal(202, accepted.Status);
        JsonObject ended = await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Answer traced = await _server.GetAsync($"{Catalyst}/flow-analysis/{accepted.Response["flowAnalysisId"]}");
        Assert.Equal("COMPLETED", traced.Response["request"]!["status"]!.GetValue<string>());
        return ended;
    }

    private async Task<int> CountAsync() => (await _server.GetAsync($"{Catalyst}/network-device/count")).Response.GetValue<int>();

    /// <summary>As a discovery would; returns when they are seen.</summary>
    private async Task<string[]> AddManyAsync(int count)
    {
        Devices devices = _server.Service<Devices>();
        var access = new AccessSettings(new DeviceCredential.SnmpV2c("public"));
        CollectedDevice[] collected = [.. Enumerable.Range(0, count)
            .Select(number => Ipv4Address.Parse($"10.77.{number / 250}.{1 + number % 250}"))
            .Select(address => new CollectedDevice(address, FactsOf($"many-{address}"), access))];
        var ids = await devices.SaveAsync(collected, CancellationToken.None);
        await devices.UpToDateAsync(CancellationToken.None);
        return [.. ids.Select(id => id.ToString())];
    }

    private static DeviceSnapshot FactsOf(string name) => new()
    {
        Identity = new DeviceIdentity { SysName = name, SerialNumber = $"SERIAL {name}" },
        CollectedAt = TimeProvider.System.GetUtcNow(),
    };

    /// <summary>Open until it is closed.</summary>
    private sealed class Gate
    {
        private readonly Channel<bool> _entered = Channel.CreateUnbounded<bool>();
        private TaskCompletionSource _open = Opened();

        public void Close() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.TrySetResult();

        /// <summary>One more stands before the closed gate.</summary>
        public async Task EnteredAsync() => await _entered.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

        public Task PassAsync(CancellationToken cancellationToken)
        {
            if (_open.Task.IsCompleted) return Task.CompletedTask;
            _entered.Writer.TryWrite(true);
            return _open.Task.WaitAsync(cancellationToken);
        }

        private static TaskCompletionSource Opened()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }

    private sealed class GatedReader(DeviceReader reader, Gate gate) : IDeviceReader
    {
        public TimeSpan Longest => reader.Longest;

        public async Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return await reader.ReadAsync(access, cancellationToken);
        }

        public Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers,
            TimeSpan? usual, CancellationToken cancellationToken) => reader.ReadAgainAsync(access, known, tiers, usual, cancellationToken);

        public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            reader.PulseAsync(access, cancellationToken);
    }
}
