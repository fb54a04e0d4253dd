using System.Collections.Frozen;
using System.Globalization;

namespace Towpath.Network;

/// <summary>
/// Devices that are made to filter, translate or route by policy: what their route tables say is not all that they do with a packet. They
/// are known by what they call themselves, which their makers' documents and public recordings of them show: sysObjectID, as far as a maker
/// numbers nothing else below it, else sysDescr. Routers and switches may hold access lists, too, but nobody may assume that every one of
/// them does.
/// </summary>
internal static class PolicyDevices
{
    /// <summary>Beginnings of sysObjectID, whole arcs.</summary>
    private static readonly (string Below, string Kind)[] s_objectIds =
    [
        ("1.3.6.1.4.1.25461.2.3", "Palo Alto Networks firewall"), // panProductsMibs; .2.3.7 is Panorama, which forwards nothing
        ("1.3.6.1.4.1.12356.101.1", "FortiGate"), // fgModel; switches and access points stand at .106 and .120
        ("1.3.6.1.4.1.12356.15", "FortiGate"), // before FortiOS 4
        ("1.3.6.1.4.1.2620.1", "Check Point gateway"),
        ("1.3.6.1.4.1.3224.1", "NetScreen firewall"),
        ("1.3.6.1.4.1.8741.1", "SonicWall"),
        ("1.3.6.1.4.1.3097.1", "WatchGuard Firebox"),
        ("1.3.6.1.4.1.2604.5", "Sophos firewall"),
        ("1.3.6.1.4.1.21067", "Sophos firewall"), // Cyberoam before
        ("1.3.6.1.4.1.1369.5", "Forcepoint firewall"),
        ("1.3.6.1.4.1.10704.1", "Barracuda firewall"),
        ("1.3.6.1.4.1.11256.2", "Stormshield firewall"),
        ("1.3.6.1.4.1.28557.1", "Hillstone firewall"),
        ("1.3.6.1.4.1.3375.2.1.3.4", "BIG-IP"),
        ("1.3.6.1.4.1.5951.1", "NetScaler"),
        ("1.3.6.1.4.1.22610.1.3", "A10 load balancer"),
        ("1.3.6.1.4.1.41916.3", "SD-WAN edge"), // Viptela
        ("1.3.6.1.4.1.23867.1", "SD-WAN edge"), // Silver Peak
    ];

    /// <summary>Numbers below an arc, for makers that number firewalls among switches and routers.</summary>
    private static readonly (string Below, FrozenSet<int> Numbers, string Kind)[] s_numbered =
    [
        // jnxProductName (JUNIPER-CHASSIS-DEFINES-MIB): SRX, vSRX, and those of Dell's name
        ("1.3.6.1.4.1.2636.1.1.1.2.", FrozenSet.Create(26, 28, 34, 35, 36, 39, 40, 41, 49, 58, 64, 65, 77, 78, 79, 80, 81, 86, 96, 105,
            107, 129, 133, 134, 135, 136, 137, 140, 141, 142, 143, 164, 577, 583, 584, 585, 590), "Juniper SRX"),
        // ciscoProducts (CISCO-PRODUCTS-MIB): Firepower and Secure Firewall
        ("1.3.6.1.4.1.9.1.", FrozenSet.Create(1902, 2294, 2295, 2313, 2315, 2319, 2404, 2405, 2406, 2407, 2409, 2483, 2662, 2663, 2774,
            2775, 2778, 2870, 2991, 3053, 3054, 3055, 3056, 3057, 3166, 3305), "Cisco Firepower"),
    ];

    /// <summary>Words of sysDescr below an arc, for makers whose names for firewalls are too short to stand alone.</summary>
    private static readonly (string Below, string Words, string Kind)[] s_ofMaker =
    [
        ("1.3.6.1.4.1.890.1", "USG", "Zyxel firewall"), // beside NWA, XGS, XS, XMG, NXC, which filter nothing by policy
        ("1.3.6.1.4.1.890.1", "ATP", "Zyxel firewall"),
        ("1.3.6.1.4.1.890.1", "VPN", "Zyxel firewall"),
        ("1.3.6.1.4.1.2011.2", "USG", "Huawei firewall"),
    ];

    /// <summary>Words of sysDescr, case-blind, for makers that number firewalls and routers side by side.</summary>
    private static readonly (string Words, string Kind)[] s_descriptions =
    [
        ("Cisco Adaptive Security Appliance", "Cisco ASA"),
        ("Cisco Security Appliance", "Cisco ASA"),
        ("Firewall Services Module", "Cisco firewall module"),
        ("Cisco PIX", "Cisco PIX"),
        ("Firepower Threat Defense", "Cisco Firepower"),
        ("Cisco FX-OS", "Cisco Firepower"),
        ("Cisco Secure Firewall", "Cisco Firepower"),
        ("Palo Alto Networks", "Palo Alto Networks firewall"),
        ("FortiGate", "FortiGate"),
        ("Juniper Networks, Inc. srx", "Juniper SRX"),
        ("Juniper Networks, Inc. vsrx", "Juniper SRX"),
        ("Juniper SRX", "Juniper SRX"),
        ("NetScreen", "NetScreen firewall"),
        ("Check Point", "Check Point gateway"),
        ("cpx86_64", "Check Point gateway"), // the kernel of its GAiA
        ("SonicWALL", "SonicWall"),
        ("WatchGuard", "WatchGuard Firebox"),
        ("Meraki MX", "Meraki MX"),
        ("Meraki vMX", "Meraki MX"),
        ("Meraki Z", "Meraki MX"),
        ("pfSense", "pfSense"),
        ("OPNsense", "OPNsense"),
        ("Huawei USG", "Huawei firewall"),
        ("Secospace USG", "Huawei firewall"),
        ("Secoway USG", "Huawei firewall"),
        ("Eudemon", "Huawei firewall"),
        ("Huawei Versatile Security Platform", "Huawei firewall"),
        ("SecPath", "H3C firewall"),
        ("ZyWALL", "Zyxel firewall"),
        ("USG FLEX", "Zyxel firewall"),
        ("Sophos Firewall", "Sophos firewall"),
        ("Sophos XG", "Sophos firewall"),
        ("Forcepoint NGFW", "Forcepoint firewall"),
        ("StoneGate", "Forcepoint firewall"),
        ("Application Service Gateway", "A10 load balancer"),
        ("BIG-IP", "BIG-IP"),
        ("NetScaler", "NetScaler"),
    ];

    /// <summary>The kind of such a device; null for others.</summary>
    public static string? KindOf(DeviceIdentity identity)
    {
        foreach ((string below, string kind) in s_objectIds)
            if (IsBelow(identity.SysObjectId, below)) return kind;
        foreach ((string below, string words, string kind) in s_ofMaker)
            if (IsBelow(identity.SysObjectId, below) && identity.SysDescr.Contains(words, StringComparison.OrdinalIgnoreCase)) return kind;
        foreach ((string below, FrozenSet<int> numbers, string kind) in s_numbered)
            if (IsNumbered(identity.SysObjectId, below, numbers))
                return ByWords(identity.SysDescr) ?? kind; // an ASA runs on Firepower, too
        return ByWords(identity.SysDescr);
    }

    private static string? ByWords(string description)
    {
        foreach ((string words, string kind) in s_descriptions)
            if (description.Contains(words, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }

    private static bool IsBelow(string objectId, string arc) =>
        objectId.StartsWith(arc, StringComparison.Ordinal) && (objectId.Length == arc.Length || objectId[arc.Length] == '.');

    private static bool IsNumbered(string objectId, string arc, FrozenSet<int> numbers) =>
        objectId.StartsWith(arc, StringComparison.Ordinal)
        && int.TryParse(objectId.AsSpan(arc.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && numbers.Contains(number);
}
