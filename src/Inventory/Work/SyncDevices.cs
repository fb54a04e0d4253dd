using System.Text.Json;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Reads known devices again: one child task a device, so that each one's end is its own.</summary>
internal sealed class SyncDevices(IDeviceReader reader) : ITaskHandler
{
    public const string TaskKind = "inventory-sync";

    public string Kind => TaskKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        TimeSpan deadline = reader.Longest + InventoryWork.Margin;
        NewTask[] children = [.. input.Devices.Select(device => new NewTask(
            SyncDevice.TaskKind, JsonSerializer.Serialize(new SyncDevice.Input(device)), InventoryWork.ServiceType, context.Task.Username,
            deadline))];
        await context.StartChildrenAsync(children, cancellationToken);
        return TaskOutcome.AfterChildren($"Synchronized {children.Length} devices");
    }

    internal sealed record Input(Guid[] Devices);
}

/// <summary>Reads one device again. One that does not answer keeps what it last told, is marked unreachable, and fails the task.</summary>
internal sealed class SyncDevice(Devices devices, IDeviceReader reader) : ITaskHandler
{
    public const string TaskKind = "inventory-sync-device";

    public string Kind => TaskKind;

    public TaskLane Lane => TaskLane.Minutes;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var id = new DeviceId(JsonSerializer.Deserialize<Input>(context.Task.Input)!.Device);
        if (devices.Find(id) is not { } record) return Failed("The device was removed meanwhile.");
        if (await devices.AccessAsync(id, cancellationToken) is not { } access)
        {
            return Failed($"No credential for {record.ManagementAddress} any more: it was deleted, or its ranges leave this address out. "
                + "Add the device again, or discover it.");
        }

        DeviceAnswer answer = await reader.ReadAsync(access, cancellationToken);
        if (answer.Snapshot is not { } snapshot) return await LostAsync(answer.Reason ?? "It gave no answer.");
        var collected = new CollectedDevice(record.ManagementAddress, snapshot, Secrets.Access(record.Access, access.Credential))
        {
            Counters = answer.Counters,
        };
        DeviceId? saved = await context.RideOutAsync(() => devices.SaveAgainAsync(id, collected, cancellationToken), cancellationToken);
        if (saved is null) return Failed("The device was removed meanwhile.");
        if (saved != id) return await LostAsync($"Another device, {snapshot.Identity.SysName} ({saved}), answers there now.");
        await devices.UpToDateAsync(cancellationToken);
        return TaskOutcome.Done(id.ToString());

        async Task<TaskOutcome> LostAsync(string reason)
        {
            await context.RideOutAsync(() => devices.MarkUnreachableAsync(record, reason, cancellationToken), cancellationToken);
            await devices.UpToDateAsync(cancellationToken);
            return Failed($"{record.ManagementAddress}: {reason}");
        }
    }

    private static TaskOutcome Failed(string reason) =>
        TaskOutcome.Failed("Failed to synchronize the device", "DEVICE_NOT_SYNCHRONIZED", reason);

    internal sealed record Input(Guid Device);
}
