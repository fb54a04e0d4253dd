using System.Text.Json;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Reads known devices again: one child task a device, so that each one's end is its own.</summary>
internal sealed class SyncDevices : ITaskHandler
{
    public const string TaskKind = "inventory-sync";

    public string Kind => TaskKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        NewTask[] children = [.. input.Devices.Select(device =>
            new NewTask(SyncDevice.TaskKind, JsonSerializer.Serialize(new SyncDevice.Input(device)), InventoryWork.ServiceType, context.Task.Username))];
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

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var id = new DeviceId(JsonSerializer.Deserialize<Input>(context.Task.Input)!.Device);
        if (devices.Find(id) is not { } record) return Failed("The device was removed meanwhile.");
        if (await devices.TargetAsync(id, cancellationToken) is not { } target)
            return Failed($"No credential for {record.ManagementAddress} any more. Add the device again, or discover it.");

        DeviceAnswer answer = await reader.ReadAsync(target, cancellationToken);
        if (answer.Snapshot is null)
        {
            string reason = answer.Reason ?? "It gave no answer.";
            await devices.MarkUnreachableAsync(id, reason, cancellationToken);
            return Failed($"{record.ManagementAddress}: {reason}");
        }
        await devices.SaveAsync([new CollectedDevice(record.ManagementAddress, answer.Snapshot, Secrets.Access(record.Access, target.Credential))], cancellationToken);
        return TaskOutcome.Done(id.ToString());
    }

    private static TaskOutcome Failed(string reason) => TaskOutcome.Failed("Failed to synchronize the device", "DEVICE_NOT_SYNCHRONIZED", reason);

    internal sealed record Input(Guid Device);
}
