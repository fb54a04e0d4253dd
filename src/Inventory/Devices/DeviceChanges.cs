using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>What other processes write of devices and their roles is shown in this one, too.</summary>
public sealed class DeviceChanges(Devices devices) : IChangeListener
{
    /// <summary>The topic; the key is the device's id.</summary>
    public const string Word = "device";

    public string Topic => Word;

    public Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken) => devices.HearAsync(cancellationToken);

    public Task MissedAsync(CancellationToken cancellationToken) => devices.HearAsync(cancellationToken);
}
