using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Network;
using Towpath.Snmp;
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
        Assert.Equal(("Unreachable", "No answer.", "old"), (shown.ReachabilityStatus, shown.UnreachableReason, shown.Name));
    }

    [Fact]
    public async Task A_sync_reads_the_device_as_it_was_reached_before_and_keeps_what_it_says()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("new", "SERIAL-1"), "192.0.2.1");

        TaskOutcome outcome = await SyncAsync(id);

        Assert.Equal((false, id.ToString()), (outcome.IsError, outcome.Progress));
        Assert.Equal("new", _inventory.Devices.View.Find(id)!.Name);
        Assert.Equal(new SnmpCredential.V2c("public"), Assert.Single(_reader.Asked).Credential);
    }

    [Fact]
    public async Task A_sync_of_a_device_that_was_deleted_meanwhile_fails_and_brings_nothing_back()
    {
        DeviceId id = await SaveAsync("192.0.2.1");
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);

        Assert.True((await SyncAsync(id)).IsError);
        Assert.Empty(_inventory.Devices.View.Devices);
        Assert.Empty(_reader.Asked);
    }

    [Fact]
    public async Task Devices_that_answer_are_added_also_when_others_are_silent()
    {
        _reader.Answers["192.0.2.1"] = Facts.Snapshot(Facts.Identity("one"), "192.0.2.1");
        _reader.Answers["192.0.2.3"] = Facts.Snapshot(Facts.Identity("three"), "192.0.2.3");
        var input = new AddDevices.Input(["192.0.2.1", "192.0.2.2", "192.0.2.3"], _inventory.Secrets.Store(Facts.Public));

        TaskOutcome outcome = await RunAsync(new AddDevices(_inventory.Devices, _reader, _inventory.Secrets, new SnmpReach(161, [])), input);

        Assert.True(outcome.IsError);
        Assert.Equal("1 of 3 devices could not be added. 192.0.2.2: No answer.", outcome.FailureReason);
        Assert.Equal(["one", "three"], _inventory.Devices.View.Devices.Select(device => device.Name));
    }

    [Fact]
    public async Task An_input_that_no_key_opens_any_more_fails_its_task_with_what_to_do()
    {
        var input = new AddDevices.Input(["192.0.2.1"], new MemoryInventory().Secrets.Store(Facts.Public));

        TaskOutcome outcome = await RunAsync(new AddDevices(_inventory.Devices, _reader, _inventory.Secrets, new SnmpReach(161, [])), input);

        Assert.True(outcome.IsError);
        Assert.Contains("Send the request again.", outcome.FailureReason, StringComparison.Ordinal);
        Assert.Empty(_reader.Asked);
    }

    [Fact]
    public async Task Credentials_are_written_by_the_transaction_that_ends_their_task()
    {
        var credential = new GlobalCredential(Guid.NewGuid(), "core", "", new CredentialContent.ReadCommunity("secret"), Facts.Noon);

        TaskOutcome outcome = await RunAsync(new Configure(), Configure.Input.Of("done", [_inventory.Credentials.Save(credential), new DeleteCredential(Guid.Empty), new SaveSnmpProperty("snmp-retry", 1)]));
        Assert.Empty(_inventory.Writes);
        await _inventory.CommitAsync(outcome.Effects, CancellationToken.None);

        Assert.Equal(credential, Assert.Single(await _inventory.Credentials.ListAsync(CredentialKind.SnmpV2ReadCommunity, CancellationToken.None)));
        Assert.Equal(1, (await new SnmpProperties(_inventory).CurrentAsync(CancellationToken.None)).Retries);
    }

    private async Task<DeviceId> SaveAsync(string address) =>
        (await _inventory.Devices.SaveAsync([Facts.Collected(address, "old", "SERIAL-1")], CancellationToken.None))[0];

    private Task<TaskOutcome> SyncAsync(DeviceId id) => RunAsync(new SyncDevice(_inventory.Devices, _reader), new SyncDevice.Input(id.Value));

    private Task<TaskOutcome> RunAsync<T>(ITaskHandler handler, T input)
    {
        var id = Guid.NewGuid();
        var task = new TaskRecord(id, id, null, handler.Kind, JsonSerializer.Serialize(input), InventoryWork.ServiceType, "admin", Facts.Noon, Facts.Noon.AddMinutes(1), "me");
        return handler.RunAsync(new TaskContext(task, new TaskEngine(_inventory, _inventory.Time)), CancellationToken.None);
    }

    /// <summary>Devices that answer with what the test wrote down; others are silent.</summary>
    private sealed class ScriptedReader : IDeviceReader
    {
        private ImmutableList<SnmpTarget> _asked = [];

        public Dictionary<string, DeviceSnapshot> Answers { get; } = [];

        public ImmutableList<SnmpTarget> Asked => _asked;

        public Task<DeviceAnswer> ReadAsync(SnmpTarget target, CancellationToken cancellationToken)
        {
            ImmutableInterlocked.Update(ref _asked, (asked, one) => asked.Add(one), target);
            DeviceSnapshot? snapshot = Answers.GetValueOrDefault(target.EndPoint.Address.ToString());
            return Task.FromResult(new DeviceAnswer(snapshot, snapshot is null ? "No answer." : null));
        }
    }
}
