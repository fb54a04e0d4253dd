using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>A host with the names of what it hangs on.</summary>
/// <param name="AttachedTo">The switch it is wired to, or its access point; null when not known.</param>
/// <param name="AttachedAt">The switch port; null for a wireless host and when not known.</param>
public sealed record InventoryHost(NetworkHost Host, InventoryDevice? AttachedTo, InventoryInterface? AttachedAt)
{
    /// <summary>No table has it now: this is its last place, and <see cref="NetworkHost.SeenAt"/> the time of the last collection that
    /// showed it.</summary>
    public bool IsGone { get; init; }

    public static InventoryHost Of(InventoryView view, NetworkHost host)
    {
        InventoryDevice? device = view.Find(host.IsWireless ? host.AccessPoint.GetValueOrDefault() : host.Attached.Device);
        Interface? port = host.IsWireless ? null : device?.Source.Tables.Interface(host.Attached.Interface);
        return new InventoryHost(host, device, port is null ? null : new InventoryInterface(device!, port));
    }

    /// <summary>The last place of a host that is gone, as far as its device and port are still there.</summary>
    public static InventoryHost Of(InventoryView view, HostPlace place)
    {
        InventoryDevice? device = place.Device is { } id ? view.Find(id) : null;
        Interface? port = place.Interface.Length == 0
            ? null : device?.Source.Snapshot.Interfaces.FirstOrDefault(port => port.Name == place.Interface);
        var host = new NetworkHost(
            place.Mac, place.Address, place.IsWireless, port is null ? default : new Port(device!.Id, port.Index),
            place.IsWireless ? place.Device : null, place.Vlan, default, place.SeenAt);
        return new InventoryHost(host, device, port is null ? null : new InventoryInterface(device!, port)) { IsGone = true };
    }
}
