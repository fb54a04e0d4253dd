namespace Towpath.Network;

/// <summary>
/// Devices that are made to filter, translate or route by policy: what their route tables say is not all that they do with a packet. Known
/// by what they call themselves, which their makers' documents and public recordings of them show: sysObjectID, as far as a maker numbers
/// nothing else below it, else sysDescr. Routers and switches may hold access lists, too; that every one of them does is not to be assumed.
/// </summary>
internal static class PolicyDevices
{
    /// <summary>Beginnings of sysObjectID, whole arcs.</summary>
    private static readonly (string Below, string Kind)[] _objectIds =
    [
        ("1.3.6.1.4.1.25461.2.3", "Palo Alto Networks firewall"), // panProductsMibs; .2.3.7 is Panorama, which forwards nothing
        ("1.3.6.1.4.1.12356.101.1", "FortiGate"), // fgModel; switches and access points stand at .106 and .120
        ("1.3.6.1.4.1.12356.15", "FortiGate"), // before FortiOS 4
        ("1.3.6.1.4.1.2620.1", "Check Point gateway"),
        ("1.3.6.1.4.1.3224.1", "NetScreen firewall"),
        ("1.3.6.1.4.1.8741.1", "SonicWall"),
        ("1.3.6.1.4.1.3097.1", "WatchGuard Firebox"),
        ("1.3.6.1.4.1.2604.5", "Sophos firewall"),
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

    /// <summary>Words of sysDescr, case-blind: of makers that number firewalls and routers side by side.</summary>
    private static readonly (string Words, string Kind)[] _descriptions =
    [
        ("Cisco Adaptive Security Appliance", "Cisco ASA"),
        ("Cisco Security Appliance", "Cisco ASA"),
        ("Firewall Services Module", "Cisco firewall module"),
        ("Cisco PIX", "Cisco PIX"),
        ("Firepower Threat Defense", "Cisco Firepower"),
        ("Cisco FX-OS", "Cisco Firepower"),
        ("Palo Alto Networks", "Palo Alto Networks firewall"),
        ("FortiGate", "FortiGate"),
        ("Juniper Networks, Inc. srx", "Juniper SRX"),
        ("Juniper Networks, Inc. vsrx", "Juniper SRX"),
        ("NetScreen", "NetScreen firewall"),
        ("Check Point", "Check Point gateway"),
        ("cpx86_64", "Check Point gateway"), // the kernel of its GAiA
        ("SonicWALL", "SonicWall"),
        ("WatchGuard", "WatchGuard Firebox"),
        ("Meraki MX", "Meraki MX"),
        ("Meraki Z", "Meraki MX"),
        ("pfSense", "pfSense"),
        ("OPNsense", "OPNsense"),
        ("Huawei USG", "Huawei firewall"),
        ("Secospace USG", "Huawei firewall"),
        ("SecPath", "H3C firewall"),
        ("ZyWALL", "Zyxel firewall"),
        ("USG FLEX", "Zyxel firewall"),
        ("BIG-IP", "BIG-IP"),
        ("NetScaler", "NetScaler"),
    ];

    /// <summary>What kind of such a device it is; null for others.</summary>
    public static string? KindOf(DeviceIdentity identity)
    {
        foreach ((string below, string kind) in _objectIds)
            if (identity.SysObjectId.StartsWith(below, StringComparison.Ordinal) && (identity.SysObjectId.Length == below.Length || identity.SysObjectId[below.Length] == '.')) return kind;
        foreach ((string words, string kind) in _descriptions)
            if (identity.SysDescr.Contains(words, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }
}
