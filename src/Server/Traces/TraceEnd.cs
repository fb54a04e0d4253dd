using System.Globalization;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// An end of a trace as people name it: an IPv4 address, the name or serial number of a device or access point, which stands for its
/// management address, or the MAC address of a host.
/// </summary>
internal static class TraceEnd
{
    private const int MostNamed = 5;

    /// <summary>Null, with the reason, where the text names nothing, or several things.</summary>
    /// <param name="name">Of the field, for the reason.</param>
    public static Ipv4Address? Find(InventoryView view, string name, string text, out string? problem)
    {
        problem = null;
        if (Ipv4Address.TryParse(text, CultureInfo.InvariantCulture, out Ipv4Address address))
        {
            if (!address.IsUnspecified && !address.IsMulticast && address.Bits != uint.MaxValue && !address.IsLoopback) return address;
            problem = $"{name} must be the address of one host; {address} is not.";
            return null;
        }
        if (MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress mac)) return FindMac(view, name, mac, out problem);

        InventoryDevice[] called = [.. view.Devices.Where(device => device.Name.Equals(text, StringComparison.OrdinalIgnoreCase))];
        if (called.Length == 0)
            called = [.. view.Devices.Where(device => text.Equals(device.SerialNumber, StringComparison.OrdinalIgnoreCase))];
        if (called is [{ ManagementAddress.IsUnspecified: false } only]) return only.ManagementAddress;
        problem = called.Length > 1
            ? $"{name}: {called.Length} devices are called '{Texts.Shorten(text)}': {Listed(called.Select(one => one.ManagementAddress))}. "
                + "Name one by its address."
            : $"{name} must be an IPv4 address such as 192.0.2.7, a device's name or a host's MAC address, not '{Texts.Shorten(text)}'.";
        return null;
    }

    /// <summary>Null, with the reason, where no host has the MAC address, or one with several addresses.</summary>
    public static Ipv4Address? FindMac(InventoryView view, string name, MacAddress mac, out string? problem)
    {
        Ipv4Address[] addresses = [.. view.Network.Hosts.Where(host => host.Mac == mac).Select(host => host.Address).Distinct()];
        problem = addresses.Length switch
        {
            0 => $"{name}: no host has the MAC address {mac} now. Give its IP address.",
            1 => null,
            _ => $"{name}: the host {mac} has {addresses.Length} addresses: {Listed(addresses)}. Give one of them.",
        };
        return addresses is [var only] ? only : null;
    }

    private static string Listed(IEnumerable<Ipv4Address> addresses)
    {
        Ipv4Address[] all = [.. addresses.Order()];
        string some = string.Join(", ", all.Take(MostNamed));
        return all.Length > MostNamed ? $"{some} ..." : some;
    }
}
