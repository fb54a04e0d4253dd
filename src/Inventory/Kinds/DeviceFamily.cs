using System.Collections.Immutable;

namespace Towpath.Inventory;

/// <summary>What a device is made for.</summary>
public enum DeviceFamily : byte
{
    /// <summary>Nothing is known of it, or it is none of the others: a server, a printer, a power supply.</summary>
    Other,

    Router,
    Switch,
    Firewall,
    WirelessController,
    AccessPoint,
}

/// <summary>The API's words for families.</summary>
public static class DeviceFamilyWords
{
    /// <summary>In the order of the enum.</summary>
    private static readonly ImmutableArray<string> s_words =
        ["Third Party Device", "Routers", "Switches and Hubs", "Security and VPN", "Wireless Controller", "Unified AP"];

    public static string Of(DeviceFamily family) => s_words[(int)family];
}
