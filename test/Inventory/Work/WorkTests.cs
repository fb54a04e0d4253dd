using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory.Tests;

public sealed class WorkTests
{
    private readonly MemoryInventory _inventory = new();
    private readonly ScriptedReader _reader = new();

    [Fact]
    public async Task A_device_that_is_silent_at_its_sync_fails_the_task_and_keeps_its_facts()
    {
        DeviceId id = await SaveAsync("192.0.2.1");

        TaskOutcome outcome = await SyncAsync(id);

        Assert.Equal((true, "Failed to synchronize the device"), (outcome.IsError, outcome.Progress));
        Assert.Equal("192.0.2.1: No answer.", outcome.FailureReason);
        InventoryDevice shown = _inventory.Devices.View.Find(id)!;
        Assert.Equal(("No answer.", "old"), (shown.UnreachableReason, shown.Name));
    }

    [Fact]
    public async Task A_sync_reads_the_device_as_it_was_reached_before_and_keeps_what_it_says()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL-1"), "192.0.2.1");

        TaskOutcome outcome = await SyncAsync(id);

        Assert.Equal((false, id.ToString()), (outcome.IsError, outcome.Progress));
        Assert.Equal("new", _inventory.Devices.View.Find(id)!.Name);
        Assert.Equal(new DeviceCredential.SnmpV2c("public"), Assert.Single(_reader.Asked).Credential);
    }

    [Fact]
    public async Task A_sync_of_a_device_that_was_deleted_meanwhile_fails_and_brings_nothing_back()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);

        Assert.True((await SyncAsync(id)).IsError);
        Assert.Empty((await _inventory.ViewAsync()).Devices);
        Assert.Empty(_reader.Asked);
    }

    [Fact]
    public async Task A_device_that_is_removed_while_it_is_read_stays_removed_and_its_sync_says_so()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL-1"), "192.0.2.1");
        _reader.Gate = new TaskCompletionSource();
        Task<TaskOutcome> sync = SyncAsync(id);

        Assert.False((await RunAsync(new RemoveDevice(_inventory.Devices), new RemoveDevice.Input(id.Value))).IsError);
        _reader.Gate.SetResult();

        Assert.Equal("The device was removed meanwhile.", (await sync).FailureReason);
        Assert.Empty((await _inventory.ViewAsync()).Devices);
        Assert.Empty((await _inventory.RestartAsync()).View.Devices);
    }

    [Fact]
    public async Task What_was_changed_of_how_a_device_is_reached_while_it_is_read_stays_changed()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL-1"), "192.0.2.1");
        _reader.Gate = new TaskCompletionSource();
        Task<TaskOutcome> sync = SyncAsync(id);

        var changed = new AccessSettings(new DeviceCredential.SnmpV2c("changed"), null, 7, TimeSpan.FromSeconds(9));
        await _inventory.Devices.SaveAsync([Moved() with { Access = changed, AddressIsPreferred = true }], CancellationToken.None);
        _reader.Gate.SetResult();

        Assert.False((await sync).IsError);
        Assert.Equal("new", _inventory.Devices.View.Find(id)!.Name);
        DeviceAccess access = (await _inventory.Devices.AccessAsync(id, CancellationToken.None))!;
        Assert.Equal(
            (changed.Credential, "192.0.2.9:161", 7, changed.Timeout),
            (access.Credential, access.Name, access.Retries, access.Timeout));
    }

    [Fact]
    public async Task A_device_that_somebody_else_has_read_while_a_sync_waited_for_it_in_vain_is_reachable()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Gate = new TaskCompletionSource();
        Task<TaskOutcome> sync = SyncAsync(id);

        CollectedDevice there = Moved();
        DeviceSnapshot later = there.Snapshot with { CollectedAt = Facts.Noon.AddSeconds(1) };
        await _inventory.Devices.SaveAsync([there with { Snapshot = later }], CancellationToken.None);
        _reader.Gate.SetResult();

        Assert.Equal("192.0.2.1: No answer.", (await sync).FailureReason);
        Assert.Null(_inventory.Devices.View.Find(id)!.UnreachableReason);
    }

    [Fact]
    public async Task A_role_for_a_device_that_was_removed_meanwhile_fails_and_leaves_nothing()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);

        TaskOutcome set = await RunAsync(new SetDeviceRole(_inventory.Devices), new SetDeviceRole.Input(id.Value, DeviceRole.Core));

        Assert.Equal((true, "The device was removed meanwhile."), (set.IsError, set.FailureReason));
        Assert.Empty(await _inventory.RolesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_sync_that_another_known_device_answers_keeps_the_answer_as_that_ones_and_says_so()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        CollectedDevice before = Facts.Collected("192.0.2.2", "other", "SERIAL-2");
        DeviceId other = (await _inventory.Devices.SaveAsync([before], CancellationToken.None))[0];
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("moved", "SERIAL-2"), "192.0.2.1");

        TaskOutcome outcome = await SyncAsync(id);

        Assert.Equal($"192.0.2.1: Another device, moved ({other}), answers there now.", outcome.FailureReason);
        Assert.Equal(
            [("moved", "192.0.2.1", true), ("old", "192.0.2.1", false)],
            _inventory.Devices.View.Devices
                .Select(device => (device.Name, device.ManagementAddress.ToString(), device.UnreachableReason is null)));
    }

    [Fact]
    public async Task What_a_device_said_waits_until_the_disk_has_room_and_the_device_is_not_asked_again()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL-1"), "192.0.2.1");
        _inventory.FullFor = 2;

        Assert.False((await SyncAsync(id)).IsError);

        Assert.Equal("new", _inventory.Devices.View.Find(id)!.Name);
        Assert.Single(_reader.Asked);
    }

    [Fact]
    public async Task A_device_that_has_answered_is_there_while_others_of_its_task_are_still_being_read()
    {
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("one"), "192.0.2.1");
        _reader.Gate = new TaskCompletionSource();
        _reader.Held = "192.0.2.2";
        var input = new AddDevices.Input(["192.0.2.1", "192.0.2.2"], _inventory.Secrets.Store(Facts.Public));

        Task<TaskOutcome> adding = RunAsync(Adding(), input);
        await _reader.Holding.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await _inventory.Saved.Task.WaitAsync(TimeSpan.FromSeconds(20));
        // Its turn comes after the save's.
        await _inventory.Devices.DeleteAsync(new DeviceId(Guid.NewGuid()), CancellationToken.None);

        Assert.False(adding.IsCompleted);
        Assert.Equal("one", Assert.Single((await _inventory.ViewAsync()).Devices).Name);
        _reader.Gate.SetResult();
        Assert.True((await adding).IsError);
    }

    [Fact]
    public async Task A_device_that_nobody_can_make_sense_of_is_not_added_and_the_others_are()
    {
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("one"), "192.0.2.1");
        _reader.Senseless = "192.0.2.2";
        var input = new AddDevices.Input(["192.0.2.2", "192.0.2.1"], _inventory.Secrets.Store(Facts.Public));

        TaskOutcome outcome = await RunAsync(Adding(), input);

        Assert.Equal("1 of 2 devices could not be added. 192.0.2.2: It makes no sense.", outcome.FailureReason);
        Assert.Equal("one", Assert.Single(_inventory.Devices.View.Devices).Name);
    }

    [Fact]
    public async Task A_task_may_take_as_long_as_its_devices_may()
    {
        var engine = new TaskEngine(_inventory, _inventory.Time);
        var work = new InventoryWork(engine, _inventory.Secrets, _reader);
        ImmutableArray<Ipv4Address> addresses = [.. Enumerable.Range(1, 100).Select(last => Ipv4Address.Parse($"192.0.2.{last}"))];

        TaskRecord adding = await work.AddAsync("admin", addresses, Facts.Public, CancellationToken.None);

        TaskRecord sync = await work.SyncAsync("admin", [new DeviceId(Guid.NewGuid())], CancellationToken.None);
        await new SyncDevices(_reader).RunAsync(new TaskContext(sync, engine), CancellationToken.None);
        TaskRecord reading = Assert.IsType<AcceptTask>(_inventory.Writes[^1]).Task;

        Assert.Equal(7 * _reader.Longest + InventoryWork.Margin, adding.Deadline - adding.StartTime); // 100 devices, 16 at once
        Assert.Equal((SyncDevice.TaskKind, _reader.Longest + InventoryWork.Margin), (reading.Kind, reading.Deadline - reading.StartTime));
    }

    [Fact]
    public async Task Devices_that_answer_are_added_also_when_others_are_silent()
    {
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("one"), "192.0.2.1");
        _reader.Answers["192.0.2.3"] = Facts.Snapshot(Facts.Identity("three"), "192.0.2.3");
        var input = new AddDevices.Input(["192.0.2.1", "192.0.2.2", "192.0.2.3"], _inventory.Secrets.Store(Facts.Public));

        TaskOutcome outcome = await RunAsync(Adding(), input);

        Assert.True(outcome.IsError);
        Assert.Equal("1 of 3 devices could not be added. 192.0.2.2: No answer.", outcome.FailureReason);
        Assert.Equal(["one", "three"], _inventory.Devices.View.Devices.Select(device => device.Name));
    }

    [Fact]
    public async Task An_input_that_no_key_opens_any_more_fails_its_task_with_what_to_do()
    {
        var input = new AddDevices.Input(["192.0.2.1"], new MemoryInventory().Secrets.Store(Facts.Public));

        TaskOutcome outcome = await RunAsync(Adding(), input);

        Assert.True(outcome.IsError);
        Assert.Contains("Send the request again.", outcome.FailureReason, StringComparison.Ordinal);
        Assert.Empty(_reader.Asked);
    }

    [Fact]
    public async Task Credentials_are_written_by_the_transaction_that_ends_their_task()
    {
        var credential = new GlobalCredential(Guid.NewGuid(), "core", "", new CredentialContent.ReadCommunity("secret"), Facts.Noon);

        TaskOutcome outcome = new Configure(_inventory).AtOnce(
            TaskOf(Configure.TaskKind,
                Configure.Input.Of("done",
                [_inventory.Credentials.Save(credential), new DeleteCredential(Guid.Empty), new SaveSnmpProperty("snmp-retry", 1)])))!;
        Assert.Empty(_inventory.Writes);
        await _inventory.CommitAsync(outcome.Effects, CancellationToken.None);

        GlobalCredential stored =
            Assert.Single(await _inventory.Credentials.ListAsync(CredentialKind.SnmpV2ReadCommunity, CancellationToken.None));
        Assert.Equal(credential, stored with { Version = default });
        Assert.Equal(1, (await new SnmpProperties(_inventory).CurrentAsync(CancellationToken.None)).Retries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_a_credential_that_was_changed_or_deleted_meanwhile_fails(bool deleted)
    {
        var credential = new GlobalCredential(Guid.NewGuid(), "core", "", new CredentialContent.ReadCommunity("secret"), Facts.Noon);
        await _inventory.CommitAsync([_inventory.Credentials.Save(credential)], CancellationToken.None);
        GlobalCredential known = (await _inventory.Credentials.FindAsync(credential.Id, CancellationToken.None))!;
        Write late = _inventory.Credentials.Change(known, known with { Comments = "late" });
        Write first = deleted ? new DeleteCredential(known.Id) : _inventory.Credentials.Change(known, known with { Comments = "first" });
        await _inventory.CommitAsync([first], CancellationToken.None);

        TaskOutcome outcome = await RunAsync(new Configure(_inventory), Configure.Input.Of("done", [late]));
        Assert.True(outcome.IsError);
        Assert.Equal(deleted ? null : "first", (await _inventory.Credentials.FindAsync(known.Id, CancellationToken.None))?.Comments);
    }

    private async Task<DeviceId> SaveAsync(string address) =>
        (await _inventory.Devices.SaveAsync([Facts.Collected(address, "old", "SERIAL-1")], CancellationToken.None))[0];

    /// <summary>The saved device at another of its addresses.</summary>
    private static CollectedDevice Moved() => Facts.Collected("192.0.2.9", "other", "SERIAL-1", null, "192.0.2.1");

    private AddDevices Adding() =>
        new(_inventory.Devices, _reader, _inventory.Secrets, new DeviceReach(161, []), NullLogger<AddDevices>.Instance);

    private Task<TaskOutcome> SyncAsync(DeviceId id) =>
        RunAsync(new SyncDevice(_inventory.Devices, _reader), new SyncDevice.Input(id.Value));

    private Task<TaskOutcome> RunAsync<T>(ITaskHandler handler, T input)
    {
        return handler.RunAsync(new TaskContext(TaskOf(handler.Kind, input), new TaskEngine(_inventory, _inventory.Time)),
            CancellationToken.None);
    }

    private static TaskRecord TaskOf<T>(string kind, T input)
    {
        TaskId id = TaskId.New(Facts.Noon);
        return new TaskRecord
        {
            Id = id,
            RootId = id,
            Kind = kind,
            Input = JsonSerializer.Serialize(input),
            ServiceType = InventoryWork.ServiceType,
            Username = "admin",
            StartTime = Facts.Noon,
            Deadline = Facts.Noon.AddMinutes(1),
            Owner = "me",
        };
    }

    /// <summary>Devices that answer with what the test wrote down; others are silent.</summary>
    private sealed class ScriptedReader : IDeviceReader
    {
        private ImmutableList<DeviceAccess> _asked = [];

        public Dictionary<string, DeviceSnapshot> Answers { get; } = [];

        public ImmutableList<DeviceAccess> Asked => _asked;

        /// <summary>Answers come after it; null: at once.</summary>
        public TaskCompletionSource? Gate { get; set; }

        /// <summary>The only one whose answer waits at the gate; null: all.</summary>
        public string? Held { get; set; }

        /// <summary>Whose answer breaks whoever reads it.</summary>
        public string? Senseless { get; set; }

        /// <summary>One waits at the gate.</summary>
        public TaskCompletionSource Holding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Longest => TimeSpan.FromMinutes(15);

        public async Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken)
        {
            ImmutableInterlocked.Update(ref _asked, (asked, one) => asked.Add(one), access);
            string address = access.Address.ToString();
            if (Gate is { } gate && (Held ?? address) == address)
            {
                Holding.TrySetResult();
                await gate.Task.WaitAsync(cancellationToken);
            }
            if (Senseless == address) throw new InvalidOperationException("It makes no sense.");
            DeviceSnapshot? snapshot = Answers.GetValueOrDefault(address);
            return new DeviceAnswer(snapshot, snapshot is null ? "No answer." : null);
        }

        public Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers,
            TimeSpan? usual, CancellationToken cancellationToken) => ReadAsync(access, cancellationToken);

        public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A task asks nobody for a pulse.");
    }
}
