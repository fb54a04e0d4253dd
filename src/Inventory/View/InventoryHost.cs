using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>A host with the names of what it hangs on.</summary>
/// <param name="AttachedTo">The switch it is wired to, or its access point; null when not known.</param>
/// <param name="AttachedAt">The switch port; null for a wireless host and when not known.</param>
public sealed record InventoryHost(NetworkHost Host, InventoryDevice? AttachedTo, InventoryInterface? AttachedAt)
{
    public static InventoryHost Of(InventoryView view, NetworkHost host)
    {
        InventoryDevice? device = view.Find(host.IsWireless ? host.AccessPoint.GetValueOrDefault() : host.Attached.Device);
        Interface? port = host.IsWireless ? null : device?.Source.Tables.Interface(host.Attached.Interface);
        return new InventoryHost(host, device, port is null ? null : new InventoryInterface(device!, port));
    }
}
