using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Inventory.Tests;

/// <summary>The jobs of the schedule over an inventory in memory, devices that answer as they are told, and a clock that is set.</summary>
public sealed class ScheduleJobTests
{
    private readonly ManualTime _time = new(Facts.Noon); // of the jobs: it stands still while they wait
    private readonly MemoryInventory _inventory = new();
    private readonly ScriptedDevices _devices = new();

    [Fact]
    public async Task Nothing_is_asked_before_its_time()
    {
        await AddAsync("192.0.2.1");

        await PulseAt(4.9);
        await ReadAt(29);

        Assert.Empty(_devices.Asked);
    }

    [Fact]
    public async Task A_device_is_asked_every_five_minutes_and_read_by_tiers()
    {
        DeviceId id = await AddAsync("192.0.2.1");

        await PulseAt(5);
        await PulseAt(9);
        await PulseAt(10);
        await ReadAt(34);
        await ReadAt(60);
        await ReadAt(68);
        await ReadAt(140);

        Assert.Equal(["pulse", "pulse", "Learned", "Learned", "Routes+Learned"], _devices.Asked);
        Assert.InRange(_inventory.Row(id).ReadAt!.Value, At(170), At(174));
    }

    [Fact]
    public async Task A_silent_device_is_unreachable_after_three_misses_and_is_asked_for_nothing_else()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        _devices.Silent.Add("192.0.2.1");

        await PulseAt(5);
        await PulseAt(5.5);
        Assert.Null(_inventory.Devices.Find(id)!.UnreachableReason);
        await PulseAt(6);
        Assert.Equal("No answer.", _inventory.Devices.Find(id)!.UnreachableReason);

        await ReadAt(40);
        Assert.Equal(["pulse", "pulse", "pulse"], _devices.Asked);
    }

    [Fact]
    public async Task A_device_that_is_back_is_reachable_after_two_answers_and_read_whole()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "No answer.", CancellationToken.None);

        await PulseAt(5);
        Assert.NotNull(_inventory.Devices.Find(id)!.UnreachableReason);
        await PulseAt(5.5);
        Assert.Null(_inventory.Devices.Find(id)!.UnreachableReason);
        await ReadAt(6);

        Assert.Equal(["pulse", "pulse", "Rest+Routes+Learned"], _devices.Asked);
    }

    [Fact]
    public async Task What_an_answer_says_has_changed_is_read_at_once()
    {
        await AddAsync("192.0.2.1");
        await PulseAt(5);
        _devices.Signs = _devices.Signs with { Routes = 49 };

        await PulseAt(10);
        await ReadAt(10.1);

        Assert.Equal(["pulse", "pulse", "Routes"], _devices.Asked);
    }

    [Fact]
    public async Task A_change_of_the_facts_is_what_traces_see()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        _devices.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL 192.0.2.1"), "192.0.2.1");

        await ReadAt(34);

        Assert.Equal("new", (await _inventory.ViewAsync()).Find(id)!.Name);
    }

    [Fact]
    public async Task A_reading_that_fails_is_repeated_after_ten_minutes_and_the_device_asked_at_once()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        _inventory.Put(_inventory.Row(id) with { PulseAt = At(38) });
        _devices.Silent.Add("192.0.2.1");

        await ReadAt(34);

        Assert.Equal((At(44), At(34)), (_inventory.Row(id).ReadAt!.Value, _inventory.Row(id).PulseAt!.Value));
        Assert.Null(_inventory.Devices.Find(id)!.UnreachableReason);
    }

    [Fact]
    public async Task A_reading_that_breaks_is_its_own_and_comes_again()
    {
        DeviceId broken = await AddAsync("192.0.2.1"), good = await AddAsync("192.0.2.2");
        _devices.Senseless = "192.0.2.1";

        await ReadAt(34);
        await PulseAt(34);

        Assert.Equal((At(44), At(39)), (_inventory.Row(broken).ReadAt!.Value, _inventory.Row(broken).PulseAt!.Value));
        Assert.InRange(_inventory.Row(good).ReadAt!.Value, At(64), At(68));
    }

    [Fact]
    public async Task What_had_to_wait_is_read_ten_minutes_later()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        _devices.Waiting = [CollectionTier.Learned];
        await ReadAt(34);
        Assert.Equal(At(44), _inventory.Row(id).ReadAt);

        _devices.Waiting = [];
        await ReadAt(44);

        Assert.Equal(["Learned", "Learned"], _devices.Asked);
        Assert.InRange(_inventory.Row(id).ReadAt!.Value, At(74), At(78));
    }

    [Fact]
    public async Task A_reading_that_somebody_else_overtook_is_dropped()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        _devices.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("ours", "SERIAL 192.0.2.1"), "192.0.2.1");
        _devices.Gate = new TaskCompletionSource();
        Task reading = ReadAt(34);
        await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", "theirs", "SERIAL 192.0.2.1")], CancellationToken.None);

        _devices.Gate.SetResult();
        await reading;

        Assert.Equal("theirs", _inventory.Devices.Facts(id)!.Name);
    }

    [Fact]
    public async Task Sixteen_devices_are_read_at_once_and_the_next_when_one_is_done()
    {
        for (int number = 1; number <= 20; number++) await AddAsync($"192.0.2.{number}");
        _devices.Gate = new TaskCompletionSource();

        Task reading = ReadAt(40);
        Assert.Equal(ReadingJob.AtOnce, _devices.Running);
        _devices.Gate.SetResult();
        await reading;

        Assert.Equal(20, _devices.Asked.Count);
        Assert.Equal(ReadingJob.AtOnce, _devices.MostRunning);
    }

    [Fact]
    public async Task After_a_restart_the_longest_due_are_asked_first_and_no_more_than_a_look_takes()
    {
        for (int number = 0; number < 300; number++)
        {
            DeviceId id = await AddAsync($"192.0.{number / 250}.{number % 250 + 1}");
            _inventory.Put(_inventory.Row(id) with { PulseAt = At(-number) });
        }

        await PulseAt(0);

        Assert.Equal(PulseJob.MostAtOnce, _devices.Asked.Count);
        Assert.DoesNotContain("192.0.0.1", _devices.Addresses); // due now, the others long ago
        Assert.Contains("192.0.1.50", _devices.Addresses);
    }

    [Fact]
    public async Task Devices_of_a_subnet_that_fall_silent_together_are_one_event()
    {
        for (int number = 1; number <= 8; number++) await AddAsync($"192.0.2.{number}");
        _devices.Silent.UnionWith(["192.0.2.1", "192.0.2.3", "192.0.2.5", "192.0.2.7"]);

        await PulseAt(5);

        NetworkEvent silent = Assert.Single(_inventory.Events, happened => happened.Kind == EventKind.SubnetSilent);
        Assert.Equal((At(5), null, new RowCell("subnet", "192.0.2.0/24")), (silent.At, silent.Device, Assert.Single(silent.Row)));
        Assert.EndsWith("of its 8 devices do not answer.", silent.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_subnet_is_said_again_when_there_were_fewer_in_between()
    {
        for (int number = 1; number <= 8; number++) await AddAsync($"192.0.2.{number}");
        _devices.Silent.UnionWith(["192.0.2.1", "192.0.2.3", "192.0.2.5"]); // 3 of 8
        await PulseAt(5);
        await PulseAt(6);
        Assert.Single(Outages());

        _devices.Silent.Remove("192.0.2.3");
        await PulseAt(12);
        _devices.Silent.Add("192.0.2.3");
        await PulseAt(18);

        Assert.Equal([At(5), At(18)], Outages());

        IEnumerable<DateTimeOffset> Outages() =>
            _inventory.Events.Where(happened => happened.Kind == EventKind.SubnetSilent).Select(happened => happened.At);
    }

    [Fact]
    public async Task A_removed_device_is_asked_no_more()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);

        await PulseAt(6);
        await ReadAt(40);

        Assert.Empty(_devices.Asked);
    }

    private static DateTimeOffset At(double minutes) => Facts.Noon.AddMinutes(minutes);

    private async Task<DeviceId> AddAsync(string address) =>
        (await _inventory.Devices.SaveAsync([Facts.Collected(address, address, $"SERIAL {address}")], CancellationToken.None))[0];

    private Task PulseAt(double minutes) => RunAt(minutes, new PulseJob(_inventory, _inventory.Devices, _devices, _inventory, _time,
        NullLogger<PulseJob>.Instance));

    /// <summary>One process has all the shards that are due.</summary>
    private async Task ReadAt(double minutes)
    {
        var shards = new ShardsAtOnce(new ReadingJob(
            _inventory, _inventory.Devices, _devices, _inventory, _time, NullLogger<ReadingJob>.Instance));
        await RunAt(minutes, new ReadingLook(_inventory, shards, _time));
        await shards.EndAsync();
    }

    private Task RunAt(double minutes, ISerialJob job)
    {
        _time.Jump(At(minutes) - _time.GetUtcNow());
        return job.RunAsync("", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Runs each job at once that is started.</summary>
    private sealed class ShardsAtOnce(ISerialJob job) : ISerialJobs
    {
        private readonly List<Task> _runs = [];

        public Task EndAsync() => Task.WhenAll(_runs).WaitAsync(TimeSpan.FromSeconds(20));

        public Task StartAsync(string kind, string key, CancellationToken cancellationToken)
        {
            Assert.Equal(job.Kind, kind);
            _runs.Add(job.RunAsync(key, cancellationToken));
            return Task.CompletedTask;
        }

        public Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>They say what the test wrote down, else what they said before.</summary>
    private sealed class ScriptedDevices : IDeviceReader
    {
        private readonly Lock _lock = new();

        public TimeSpan Longest => TimeSpan.FromMinutes(15);

        /// <summary>What was asked, in order: a pulse, or tiers.</summary>
        public List<string> Asked { get; } = [];

        public List<string> Addresses { get; } = [];

        public HashSet<string> Silent { get; } = [];

        public Dictionary<string, DeviceSnapshot> Answers { get; } = [];

        public ChangeSigns Signs { get; set; } = new(1_000, 10, 20, 30, 40, 50);

        public HashSet<CollectionTier> Waiting { get; set; } = [];

        /// <summary>Whose answer breaks whoever reads it.</summary>
        public string? Senseless { get; set; }

        /// <summary>Readings come after it; null: at once.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public int Running { get; private set; }

        public int MostRunning { get; private set; }

        public Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The schedule knows what it has.");

        public async Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers,
            TimeSpan? usual, CancellationToken cancellationToken)
        {
            string address = Note(access, string.Join('+', tiers.Order()), running: 1);
            if (Gate is { } gate) await gate.Task.WaitAsync(cancellationToken);
            lock (_lock) Running--;
            return Silent.Contains(address)
                ? new DeviceAnswer(null, "No answer.")
                : new DeviceAnswer(Answers.GetValueOrDefault(address) ?? known with { }, null) { Waiting = Waiting };
        }

        public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken)
        {
            string address = Note(access, "pulse", running: 0);
            return Task.FromResult(Silent.Contains(address)
                ? new Pulse(null, "No answer.", TimeSpan.Zero) : new Pulse(Signs, null, TimeSpan.FromMilliseconds(5)));
        }

        private string Note(DeviceAccess access, string what, int running)
        {
            string address = access.Address.ToString();
            if (address == Senseless) throw new InvalidOperationException("It makes no sense.");
            lock (_lock)
            {
                Asked.Add(what);
                Addresses.Add(address);
                Running += running;
                MostRunning = Math.Max(MostRunning, Running);
            }
            return address;
        }
    }
}
