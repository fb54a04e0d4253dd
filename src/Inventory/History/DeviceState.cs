using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>What a view concludes of a device or access point.</summary>
/// <param name="Name">As it is now; it is not stored.</param>
public sealed record DeviceState(string Name, DeviceRole Role, string? Conflict)
{
    internal static ImmutableDictionary<DeviceId, DeviceState> Of(InventoryView view) => view.Devices.ToImmutableDictionary(
        device => device.Id, device => new DeviceState(device.Name, device.Role, device.Conflict));

    internal bool Says(DeviceState? other) => other is not null && Role == other.Role && Conflict == other.Conflict;

    /// <summary>
    /// What changed between two views. A new device gets its role without an event. A conflict whose words change (with others' names) is
    /// the same one.
    /// </summary>
    internal static IEnumerable<NetworkEvent> Events(
        ImmutableDictionary<DeviceId, DeviceState> before, ImmutableDictionary<DeviceId, DeviceState> after, DateTimeOffset at)
    {
        var inOrder = after.OrderBy(device => device.Value.Name, StringComparer.Ordinal).ThenBy(device => device.Key);
        foreach ((DeviceId id, DeviceState state) in inOrder)
        {
            DeviceState? was = before.GetValueOrDefault(id);
            var here = new NetworkEvent(at, EventKind.RoleChanged, id, state.Name);
            if (was is not null && was.Role != state.Role)
                yield return DeviceEvents.With(here, "role", DeviceRoleWords.Of(was.Role), DeviceRoleWords.Of(state.Role));
            if (state.Conflict is { } conflict && was?.Conflict is null)
                yield return here with { Kind = EventKind.ConflictAppeared, Reason = conflict };
            if (state.Conflict is null && was?.Conflict is { } ended)
                yield return here with { Kind = EventKind.ConflictEnded, Reason = $"It had been: {ended}" };
        }
    }
}

/// <summary>Adds, replaces or forgets what was last concluded of devices, together with the events that say what changed.</summary>
public sealed record SaveDeviceStates(
    ImmutableDictionary<DeviceId, DeviceState> States, ImmutableArray<DeviceId> Forgotten, ImmutableArray<NetworkEvent> Events) : Write;
