using System.IO.Compression;
using System.Text;
using Towpath.Testing;

namespace Towpath.Network.Tests;

public sealed class PolicyDevicesTests
{
    [Theory]
    [InlineData("Cisco Adaptive Security Appliance Version 9.8(2)", "1.3.6.1.4.1.9.1.2114", "Cisco ASA")]
    [InlineData("Cisco PIX Firewall Version 6.3(5)", "1.3.6.1.4.1.9.1.451", "Cisco PIX")]
    [InlineData("Palo Alto Networks PA-220 series firewall", "1.3.6.1.4.1.25461.2.3.38", "Palo Alto Networks firewall")]
    [InlineData("", "1.3.6.1.4.1.12356.101.1.1006", "FortiGate")]
    [InlineData("Juniper Networks, Inc. srx340 internet router, kernel JUNOS 18.4R3", "1.3.6.1.4.1.2636.1.1.1.2.135", "Juniper SRX")]
    [InlineData("Linux gw-1 3.10.0-957.21.3cpx86_64 #1 SMP", "1.3.6.1.4.1.8072.3.2.10", "Check Point gateway")]
    [InlineData("Linux gw-1", "1.3.6.1.4.1.2620.1.6.123.1.49", "Check Point gateway")]
    [InlineData("SonicWALL NSA 2600 (SonicOS Enhanced 6.5)", "", "SonicWall")]
    [InlineData("Juniper SRX240B gsm-fw", "1.3.6.1.4.1.2636.1.1.1.2.39", "Juniper SRX")]
    [InlineData("branch-17", "1.3.6.1.4.1.2636.1.1.1.2.135", "Juniper SRX")] // a text of the operator's own
    [InlineData("Juniper SRX300", "", "Juniper SRX")]
    [InlineData("Cisco Firepower Threat Defense, Version 6.6.1 (Build 91), ASA Version 9.14(1)216", "1.3.6.1.4.1.9.1.2406",
        "Cisco Firepower")]
    [InlineData("Cisco Adaptive Security Appliance Version 9.12(2)", "1.3.6.1.4.1.9.1.2404", "Cisco ASA")] // on the same hardware
    [InlineData("", "1.3.6.1.4.1.9.1.3055", "Cisco Firepower")]
    [InlineData("Cisco FX-OS(tm) fxos", "", "Cisco Firepower")]
    [InlineData("", "1.3.6.1.4.1.3097.1.5.89", "WatchGuard Firebox")]
    [InlineData("", "1.3.6.1.4.1.2604.5", "Sophos firewall")]
    [InlineData("", "1.3.6.1.4.1.21067.2.1", "Sophos firewall")]
    [InlineData("pfSense gw.example 2.6.0-RELEASE pfSense FreeBSD 12.3-STABLE amd64", "1.3.6.1.4.1.12325.1.1.2.1.1", "pfSense")]
    [InlineData("OPNsense fw 23.1 FreeBSD 13.1", "", "OPNsense")]
    [InlineData("", "1.3.6.1.4.1.1369.5.2.1.1", "Forcepoint firewall")]
    [InlineData("Meraki MX64", "", "Meraki MX")]
    [InlineData("Meraki vMX100", "", "Meraki MX")]
    [InlineData("Huawei USG6300 V500R001C60", "", "Huawei firewall")]
    [InlineData("Huawei Versatile Security Platform Software, Secoway USG2130", "", "Huawei firewall")]
    [InlineData("ZyWALL USG 20", "1.3.6.1.4.1.890.1.6.22", "Zyxel firewall")]
    [InlineData("USG6330 Huawei Versatile Routing Platform Software", "1.3.6.1.4.1.2011.2.239.1", "Huawei firewall")]
    [InlineData("ATP500", "1.3.6.1.4.1.890.1.15", "Zyxel firewall")]
    [InlineData("BIG-IP Virtual Edition : Linux 3.10.0", "1.3.6.1.4.1.3375.2.1.3.4.43", "BIG-IP")]
    [InlineData("Thunder Series Unified Application Service Gateway TH1040, ACOS 4.1.4", "1.3.6.1.4.1.22610.1.3.32", "A10 load balancer")]
    [InlineData("NetScaler NS13.0: Build 47.24.nc", "1.3.6.1.4.1.5951.1", "NetScaler")]
    public void What_filters_or_translates_by_policy_is_known_by_what_it_calls_itself(string description, string objectId, string kind) =>
        Assert.Equal(kind, KindOf(description, objectId));

    [Theory]
    [InlineData("Cisco IOS Software, C2960 Software", "1.3.6.1.4.1.9.1.716")]
    [InlineData("Juniper Networks, Inc. mx240 internet router, kernel JUNOS 18.4R3", "1.3.6.1.4.1.2636.1.1.1.2.29")]
    [InlineData("", "1.3.6.1.4.1.12356.106.1.1")] // a FortiSwitch
    [InlineData("", "1.3.6.1.4.1.25461.2.30")] // another arc that begins with the same digits
    [InlineData("Meraki MS225-48", "")]
    [InlineData("NWA1123-AC PRO", "1.3.6.1.4.1.890.1.15")]
    [InlineData("macOS 14, a VPN client", "1.3.6.1.4.1.8072.3.2.16")]
    [InlineData("Cisco IOS Software, ASR1000 Software", "1.3.6.1.4.1.9.1.1116")]
    [InlineData("Juniper Networks, Inc. vmx internet router", "1.3.6.1.4.1.2636.1.1.1.2.108")]
    [InlineData("S5720-56C-PWR-EI-AC Huawei Versatile Routing Platform Software", "1.3.6.1.4.1.2011.2.23.291")]
    [InlineData("Linux r1 6.1.0-18-amd64", "1.3.6.1.4.1.8072.3.2.10")]
    [InlineData("", "")]
    public void Others_are_not(string description, string objectId) => Assert.Null(KindOf(description, objectId));

    /// <summary>Public recordings of devices; of the 26 these are the ones that filter.</summary>
    [SharedFact]
    public void Of_recorded_devices_the_firewalls_are_known_and_nothing_else_is()
    {
        var kinds = Directory.GetFiles(Shared.File("samples", "snmprec"), "*.snmprec.gz").Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileName(path).Split('.')[0],
                Kind: KindOf(Value(path, "1.3.6.1.2.1.1.1.0"), Value(path, "1.3.6.1.2.1.1.2.0"))));
        Assert.Equal(["asa: Cisco ASA", "fortigate_60fospfv3: FortiGate", "junos_rpm: Juniper SRX"],
            kinds.Where(device => device.Kind is not null).Select(device => $"{device.Name}: {device.Kind}"));
    }

    private static string Value(string path, string objectId)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.Latin1);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('|', 3) is not [var name, var type, var text] || name != objectId) continue;
            return type.EndsWith('x') ? Encoding.Latin1.GetString(Convert.FromHexString(text)) : text;
        }
        return "";
    }

    private static string? KindOf(string description, string objectId) =>
        new NetworkBuilder().Device("d", "192.0.2.1").System(description, objectId).Build().Tables.PolicyKind;
}
