using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>What a neighbor says about itself in LLDP and CDP: devices, and access points as their controller has them.</summary>
internal sealed record Announcement(
    string Name, MacAddress Chassis, InterfaceDescription Port, Ipv4Address Address, string Description, string Platform, DeviceKind? Kind)
{
    /// <summary>What arrives on a port; null when nothing does.</summary>
    public static Announcement? HeardOn(Port port, Func<DeviceDescription, bool> speaks)
    {
        if (!port.Up || !speaks(port.Node.Device!)) return null;
        Port peer = port.Peer!;
        if (peer.Node.AccessPoint is { } accessPoint)
        {
            return new Announcement(accessPoint.Name, accessPoint.EthernetMac, peer.Interface, accessPoint.Address.Address,
                $"Cisco AP Software, {accessPoint.Model}, Version {accessPoint.Software}", $"cisco {accessPoint.Model}", null);
        }
        return peer.Node.Device is { } device && speaks(device)
            ? new Announcement(device.Name, device.Mac, peer.Interface, device.ManagementAddress, device.Hardware.Description,
                $"{device.Hardware.Vendor.ToLowerInvariant()} {device.Hardware.Model}", device.Kind)
            : null;
    }
}
