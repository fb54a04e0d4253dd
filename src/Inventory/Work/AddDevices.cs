using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Adds devices by address: reads each and keeps those that answer. Its progress is their ids; it fails when one does not answer.</summary>
internal sealed class AddDevices(Devices devices, IDeviceReader reader, Secrets secrets, SnmpReach reach) : ITaskHandler
{
    public const string TaskKind = "inventory-add";

    // Enough to hide the timeouts of silent addresses; a list given by hand is short.
    private const int InFlight = 16;

    public string Kind => TaskKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        if (secrets.OpenSnmp(input.Access.Sealed) is not { } credential) return Failed(SealedCredentialLost);

        var answers = new (Ipv4Address Address, DeviceAnswer Answer)[input.Addresses.Length];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, input.Addresses.Length, limits, async (at, token) =>
        {
            Ipv4Address address = Ipv4Address.Parse(input.Addresses[at]);
            SnmpTarget target = reach.TargetAt(address, credential, input.Access.Retries, input.Access.Timeout);
            answers[at] = (address, await reader.ReadAsync(target, token));
        });

        var access = new AccessSettings(credential, null, input.Access.Retries, input.Access.Timeout);
        ImmutableArray<DeviceId> added = await devices.SaveAsync(
            [.. answers.Where(answer => answer.Answer.Snapshot is not null).Select(answer => new CollectedDevice(answer.Address, answer.Answer.Snapshot!, access))],
            cancellationToken);
        string[] silent = [.. answers.Where(answer => answer.Answer.Snapshot is null).Select(answer => $"{answer.Address}: {answer.Answer.Reason}")];
        return silent.Length == 0
            ? TaskOutcome.Done(string.Join(',', added.Distinct()))
            : Failed($"{silent.Length} of {answers.Length} devices could not be added. {string.Join(' ', silent.Take(10))}");
    }

    private const string SealedCredentialLost = "The credential of this request was encrypted with a key ring that is gone. Send the request again.";

    private static TaskOutcome Failed(string reason) => TaskOutcome.Failed("Failed to add devices", "DEVICE_NOT_ADDED", reason);

    internal sealed record Input(string[] Addresses, StoredAccess Access);
}
