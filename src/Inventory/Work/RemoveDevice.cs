using System.Text.Json;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

internal sealed class RemoveDevice(Devices devices) : ITaskHandler
{
    public const string TaskKind = "inventory-remove";

    public string Kind => TaskKind;

    public TaskLane Lane => TaskLane.Seconds;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var id = new DeviceId(JsonSerializer.Deserialize<Input>(context.Task.Input)!.Device);
        if (devices.View.Find(id) is { AccessPoint: not null } accessPoint)
        {
            return TaskOutcome.Failed("Failed to delete the device", "ACCESS_POINT",
                $"{accessPoint.Name} is known from its controller {accessPoint.Source.Name} and leaves the inventory with it, or when it leaves the controller.");
        }
        await devices.DeleteAsync(id, cancellationToken); // one that another request deleted meanwhile is gone all the same
        await devices.UpToDateAsync(cancellationToken);
        return TaskOutcome.Done($"Device {id} was deleted");
    }

    internal sealed record Input(Guid Device);
}
