using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Devices that fall silent together have mostly one reason, and one event says so: when more than 30 % of a subnet's devices are, three at
/// least. It is said again when there were fewer in between. Who is silent is stored, so it does not matter which process asked whom.
/// </summary>
/// <param name="Silent">So many devices of the subnet are silent.</param>
/// <param name="Devices">Of so many.</param>
public sealed record SubnetOutage(Prefix Subnet, int Silent, int Devices)
{
    /// <summary>Percent of a subnet's devices.</summary>
    public const int Share = 30;

    public const int Fewest = 3;

    /// <returns>Null: it is none.</returns>
    public static SubnetOutage? Of(Prefix subnet, int silent, int devices) =>
        silent >= Fewest && silent * 100 > Share * devices ? new SubnetOutage(subnet, silent, devices) : null;

    /// <summary>
    /// The subnet of the interface that has the management address, by the device's own words; of an address without one, as loopbacks are,
    /// the 256 addresses around it.
    /// </summary>
    public static Prefix SubnetOf(NetworkDevice device)
    {
        int length = device.Snapshot.Addresses.Where(own => own.Address == device.ManagementAddress).Select(own => own.PrefixLength)
            .FirstOrDefault(length => length is > 0 and <= 30);
        return new Prefix(device.ManagementAddress, length > 0 ? length : 24);
    }

    public NetworkEvent EventAt(DateTimeOffset at) => new(at, EventKind.SubnetSilent, Device: null, DeviceName: "")
    {
        Row = [new RowCell("subnet", $"{Subnet}")],
        Reason = $"{Silent} of its {Devices} devices do not answer.",
    };
}
