using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>The addresses of a device that was collected.</summary>
internal static class OwnAddresses
{
    private const int SoftwareLoopback = 24; // IANAifType

    /// <summary>
    /// The addresses by which it need not be collected again. An address on an interface that is down may have moved to another device, and
    /// an address of a VRF may be another device's in the global table: these are asked who answers.
    /// </summary>
    public static Ipv4Address[] Certain(DeviceSnapshot device)
    {
        HashSet<IfIndex> elsewhere = [.. Down(device), .. device.VrfInterfaces.Select(one => one.Interface)];
        return [.. device.Addresses.Where(own => !elsewhere.Contains(own.Interface)).Select(own => own.Address)];
    }

    /// <summary>The lowest address of a loopback interface that is up; null when it has none.</summary>
    /// <param name="mayBeAsked">The device is to be asked there with the same credential.</param>
    public static Ipv4Address? Loopback(DeviceSnapshot device, Func<Ipv4Address, bool> mayBeAsked)
    {
        HashSet<IfIndex> loopbacks =
            [.. device.Interfaces.Where(port => port.Type == SoftwareLoopback && port.OperUp).Select(port => port.Index)];
        Ipv4Address own = device.Addresses.Where(entry => loopbacks.Contains(entry.Interface) && !entry.Address.IsLoopback)
            .Select(entry => entry.Address).Where(mayBeAsked).Order().FirstOrDefault();
        return own.IsUnspecified ? null : own;
    }

    private static IEnumerable<IfIndex> Down(DeviceSnapshot device) => device.Interfaces.Where(one => !one.OperUp).Select(one => one.Index);
}
