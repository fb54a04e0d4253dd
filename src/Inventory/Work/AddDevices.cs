using System.Text.Json;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Adds devices by address: reads each and keeps those that answer. Its progress is their ids; it fails when one does not answer.
/// </summary>
internal sealed class AddDevices(
    Devices devices, IDeviceReader reader, Secrets secrets, DeviceReach reach, ILogger<AddDevices> logger) : ITaskHandler
{
    public const string TaskKind = "inventory-add";

    // Enough to hide the timeouts of silent addresses; a list given by hand is short.
    private const int InFlight = 16;

    public string Kind => TaskKind;

    public TaskLane Lane => TaskLane.Minutes;

    /// <summary>Enough when each device needs the longest.</summary>
    public static TimeSpan Deadline(int addresses, IDeviceReader reader) =>
        (addresses + InFlight - 1) / InFlight * reader.Longest + InventoryWork.Margin;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        if (secrets.OpenCredential(input.Access.Sealed) is not { } credential) return Failed(SealedCredentialLost);

        var access = Secrets.Access(input.Access, credential);
        var added = new DeviceId[input.Addresses.Length];
        var silent = new string?[input.Addresses.Length];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, input.Addresses.Length, limits, async (at, token) =>
        {
            Ipv4Address address = Ipv4Address.Parse(input.Addresses[at]);
            try
            {
                DeviceAccess asked = reach.AccessTo(address, credential, access.Retries, input.Access.Timeout, access.SnmpPort);
                DeviceAnswer answer = await reader.ReadAsync(asked, token);
                // At once: what has answered is not lost with those that have not.
                if (answer.Snapshot is { } snapshot)
                    added[at] = await SaveAsync(new CollectedDevice(address, snapshot, access) { Counters = answer.Counters }, token);
                else silent[at] = $"{address}: {answer.Reason}";
            }
#pragma warning disable CA1031 // whatever is wrong with one device is not the others'
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.NotAdded(exception, address);
                silent[at] = $"{address}: {exception.Message}";
            }
        });

        await devices.UpToDateAsync(cancellationToken);
        string[] failed = [.. silent.OfType<string>()];
        return failed.Length == 0
            ? TaskOutcome.Done(string.Join(',', added.Distinct()))
            : Failed($"{failed.Length} of {added.Length} devices could not be added. {string.Join(' ', failed.Take(10))}");

        async Task<DeviceId> SaveAsync(CollectedDevice device, CancellationToken token) =>
            (await context.RideOutAsync(() => devices.SaveAsync([device], token), token))[0];
    }

    private const string SealedCredentialLost =
        "The credential of this request was encrypted with a key ring that is gone. Send the request again.";

    private static TaskOutcome Failed(string reason) => TaskOutcome.Failed("Failed to add devices", "DEVICE_NOT_ADDED", reason);

    internal sealed record Input(string[] Addresses, StoredAccess Access);
}
