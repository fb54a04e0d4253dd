using System.Text.Json;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

internal sealed class SetDeviceRole(Devices devices) : ITaskHandler
{
    public const string TaskKind = "inventory-role";

    public string Kind => TaskKind;

    public TaskLane Lane => TaskLane.Seconds;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        if (!await devices.SetRoleAsync(new DeviceId(input.Device), input.Role, cancellationToken))
            return TaskOutcome.Failed("Failed to set the role", "DEVICE_NOT_FOUND", "The device was removed meanwhile.");
        await devices.UpToDateAsync(cancellationToken);
        return TaskOutcome.Done(input.Device.ToString());
    }

    internal sealed record Input(Guid Device, DeviceRole? Role);
}
