using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;
using Towpath.Testing;

namespace Towpath.Inventory.Tests;

public sealed class CurrentNetworkTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly GatedBuild _build;
    private readonly CurrentNetwork _network;

    public CurrentNetworkTests()
    {
        _build = new GatedBuild(_time);
        _network = new CurrentNetwork(_time, NullLogger<CurrentNetwork>.Instance, _build.Make);
    }

    public void Dispose() => _build.Dispose();

    [Fact]
    public async Task Readers_go_on_with_the_last_finished_network_while_the_next_one_is_made()
    {
        Show("one");
        _build.Open();
        InventoryView first = await _network.UpToDateAsync(CancellationToken.None);
        _build.Close();
        Show("one", "two");
        Task<InventoryView> second = _network.UpToDateAsync(CancellationToken.None);
        await _build.EnteredAsync();

        Assert.Same(first, _network.View);
        Assert.Single(_network.Snapshot.Devices);
        Assert.Equal(2, _network.State.Devices.Count);
        Assert.False(second.IsCompleted);

        _build.Open();
        Assert.Equal(2, (await second).Devices.Length);
        Assert.Same(await second, _network.View);
    }

    [Fact]
    public async Task Withheld_it_is_shown_to_nobody_until_all_of_it_is_read()
    {
        _network.Withhold();
        Task<InventoryView> waiting = _network.UpToDateAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        Assert.Throws<InventoryUnreadException>(() => _network.View);

        Show("one");
        _build.Open();
        InventoryView read = await waiting;
        Assert.Single(read.Devices);
        Assert.Throws<InventoryUnreadException>(() => _network.Snapshot); // others read on

        _network.Release();
        Assert.Same(read, _network.View);
    }

    [Fact]
    public async Task All_cores_make_what_nobody_reads_yet_and_one_makes_the_next()
    {
        _build.Open();
        _network.Withhold();
        Show("one");
        await _network.UpToDateAsync(CancellationToken.None);
        Assert.Equal(Environment.ProcessorCount, _build.Cores);

        _network.Release();
        Show("one", "two");
        await _network.UpToDateAsync(CancellationToken.None);
        Assert.Equal(1, _build.Cores);
    }

    [Fact]
    public async Task Who_waits_for_a_change_is_not_content_with_a_build_that_began_before_it()
    {
        Show("one");
        await _build.EnteredAsync();
        Show("one", "two");
        Task<InventoryView> both = _network.UpToDateAsync(CancellationToken.None);
        _build.Open();

        Assert.Equal(2, (await both).Devices.Length);
    }

    [Fact]
    public async Task A_thousand_changes_during_a_build_are_shown_by_the_next_one()
    {
        Show("one");
        await _build.EnteredAsync();
        for (int changes = 0; changes < 1000; changes++) Show("one", "two");
        _build.Open();
        await _network.UpToDateAsync(CancellationToken.None);

        Assert.Equal(2, _build.Count);
    }

    [Fact]
    public async Task Five_hundred_who_wait_one_after_the_other_make_no_five_hundred_builds()
    {
        _build.Open();
        _build.Takes = TimeSpan.FromSeconds(2);
        Show("one");
        await _network.UpToDateAsync(CancellationToken.None);

        List<Task> syncs = [];
        for (int i = 0; i < 500; i++)
        {
            Show("one", "two");
            syncs.Add(_network.UpToDateAsync(CancellationToken.None));
            if (i == 0) await Task.WhenAny(syncs[0], _time.AwaitedAsync());
        }
        Assert.Equal(1, _build.Count);

        _time.Advance(_build.Takes); // half of a core at most, however many wait
        await Task.WhenAll(syncs).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, _build.Count);
    }

    [Fact]
    public async Task A_build_that_fails_is_told_to_who_waits_for_it_and_made_again_for_the_next()
    {
        _build.Open();
        Show("one");
        InventoryView good = await _network.UpToDateAsync(CancellationToken.None);
        _build.Close();
        _build.Problem = new InvalidOperationException("No index holds this.");
        Show("one", "two");
        Task<InventoryView> waiting = _network.UpToDateAsync(CancellationToken.None);
        _build.Open();

        Exception told = await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.Equal("No index holds this.", told.Message);
        Assert.Same(good, _network.View);

        _build.Problem = null;
        _build.Open();
        Assert.Equal(2, (await _network.UpToDateAsync(CancellationToken.None)).Devices.Length);
    }

    [Fact]
    public async Task Who_stops_waiting_is_let_go_and_the_build_goes_on()
    {
        Show("one");
        using var patience = new CancellationTokenSource();
        Task<InventoryView> waiting = _network.UpToDateAsync(patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _build.Open();
        Assert.Single((await _network.UpToDateAsync(CancellationToken.None)).Devices);
    }

    [Fact]
    public async Task A_change_of_records_alone_makes_no_index_of_the_network_anew()
    {
        var inventory = new MemoryInventory();
        DeviceId id = (await inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", "r1")], CancellationToken.None))[0];
        InventoryView before = await inventory.ViewAsync();

        await inventory.Devices.SetRoleAsync(id, DeviceRole.Core, CancellationToken.None);

        Assert.Same(before.Network, (await inventory.ViewAsync()).Network);
        Assert.Equal(DeviceRole.Core, (await inventory.ViewAsync()).Find(id)!.Role);
    }

    private void Show(params string[] names) =>
        _network.Show(InventoryState.Empty with { Devices = names.Select(Device).ToImmutableDictionary(device => device.Id) });

    private static NetworkDevice Device(string name) => new(
        StableId.OfAccessPoint(MacAddress.FromOctets([0, 0, 0x5e, 0, 0x53, (byte)name[0]])),
        Ipv4Address.Parse("192.0.2.1"), Facts.Snapshot(Facts.Identity(name), "192.0.2.1"));

    /// <summary>Builds that end when the gate is open.</summary>
    private sealed class GatedBuild(ManualTime time) : IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly SemaphoreSlim _entered = new(0);

        public int Count { get; private set; }

        /// <summary>Of the last build.</summary>
        public int Cores { get; private set; }

        public Exception? Problem { get; set; }

        public TimeSpan Takes { get; set; }

        public void Open() => _gate.Set();

        public void Close()
        {
            _gate.Reset();
            while (_entered.Wait(0)) continue;
        }

        /// <summary>A build stands before the gate, or has passed it.</summary>
        public async Task EnteredAsync() => Assert.True(await _entered.WaitAsync(TimeSpan.FromSeconds(20)));

        public void Dispose()
        {
            _gate.Dispose();
            _entered.Dispose();
        }

        public InventoryView Make(InventoryState state, InventoryView last, int cores)
        {
            (Count, Cores) = (Count + 1, cores);
            _entered.Release();
            Assert.True(_gate.Wait(TimeSpan.FromSeconds(20)));
            time.Advance(Takes);
            if (Problem is null) return new InventoryView(state, NetworkSnapshot.Build(state.Devices.Values), last);
            _gate.Reset(); // the next build waits for a test that may change its mind
            throw Problem;
        }
    }
}
