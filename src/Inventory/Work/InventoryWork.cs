using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Accepts the inventory's asynchronous writes. Each method returns a task that is on disk; what it does is in the handler of its kind.
/// </summary>
public sealed class InventoryWork(TaskEngine engine, Secrets secrets, IDeviceReader reader)
{
    /// <summary>The API's name for who does this work.</summary>
    public const string ServiceType = "Inventory service";

    /// <summary>What a task may take beside its readings: to write, and until the indexes are made.</summary>
    internal static TimeSpan Margin { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the devices at the addresses and keeps them; see <see cref="AddDevices"/>.</summary>
    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> AddAsync(string user, ImmutableArray<Ipv4Address> addresses, AccessSettings access,
        CancellationToken cancellationToken) =>
        AcceptAsync(
            NewTask(
                user, AddDevices.TaskKind,
                new AddDevices.Input([.. addresses.Select(address => address.ToString())], secrets.Store(access)))
                with { Deadline = AddDevices.Deadline(addresses.Length, reader) },
            cancellationToken);

    /// <summary>Reads known devices again, one child task each; see <see cref="SyncDevices"/>.</summary>
    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> SyncAsync(string user, ImmutableArray<DeviceId> devices, CancellationToken cancellationToken) =>
        AcceptAsync(
            NewTask(user, SyncDevices.TaskKind, new SyncDevices.Input([.. devices.Select(device => device.Value)]))
                with { Children = new ExpectedChildren(SyncDevice.TaskKind, devices.Length) },
            cancellationToken);

    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> RemoveAsync(string user, DeviceId device, CancellationToken cancellationToken) =>
        AcceptAsync(NewTask(user, RemoveDevice.TaskKind, new RemoveDevice.Input(device.Value)), cancellationToken);

    /// <param name="role">Null: the rule decides again.</param>
    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> SetRoleAsync(string user, DeviceId device, DeviceRole? role, CancellationToken cancellationToken) =>
        AcceptAsync(NewTask(user, SetDeviceRole.TaskKind, new SetDeviceRole.Input(device.Value, role)), cancellationToken);

    /// <summary>Executes the writes of credentials, properties or collection intervals in the transaction that ends the task.</summary>
    /// <param name="progress">The task's last words: the ids of what was written.</param>
    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> ConfigureAsync(string user, string progress, ImmutableArray<Write> writes,
        CancellationToken cancellationToken) =>
        AcceptAsync(NewTask(user, Configure.TaskKind, Configure.Input.Of(progress, writes)), cancellationToken);

    private static NewTask NewTask<T>(string user, string kind, T input) => new(kind, JsonSerializer.Serialize(input), ServiceType, user);

    private Task<TaskRecord> AcceptAsync(NewTask task, CancellationToken cancellationToken) =>
        engine.AcceptAsync(task, [], cancellationToken);
}
