using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class DeviceKindTests
{
    private const string Ios = "Cisco IOS Software, ";
    private const int NetSnmp = 8072;

    [Theory]
    [InlineData("9.1.2494", "C9300-48U", Ios + "[Amsterdam], Catalyst L3 Switch Software (CAT9K_IOSXE)", DeviceFamily.Switch,
        "Cisco Catalyst 9300 Series Switches", "Cisco Catalyst 9300 Switch")]
    [InlineData("9.1.2494", "C9300L-24T-4G", "", DeviceFamily.Switch,
        "Cisco Catalyst 9300L Series Switches", "Cisco Catalyst 9300L Switch")]
    [InlineData("9.1.2494", "C9404R", "", DeviceFamily.Switch, "Cisco Catalyst 9400 Series Switches", "Cisco Catalyst 9400 Switch")]
    [InlineData("9.1.449", "WS-C6503-E", Ios + "s72033_rp Software (s72033_rp-ADVENTERPRISEK9-M), Version 15.1(2)SY4a",
        DeviceFamily.Switch, "Cisco Catalyst 6500 Series Switches", "Cisco Catalyst 6500 Switch")]
    [InlineData("9.1.1208", "WS-C2960X-48FPS-L", "", DeviceFamily.Switch,
        "Cisco Catalyst 2960X Series Switches", "Cisco Catalyst 2960X Switch")]
    [InlineData("9.1.516", null, Ios + "C3750 Software (C3750-IPSERVICESK9-M), Version 12.2(53)SE2", DeviceFamily.Switch,
        "Cisco Catalyst 3750 Series Switches", "Cisco Catalyst 3750 Switch")]
    [InlineData("9.12.3.1.3.1", "N9K-C93180YC-EX", "Cisco NX-OS(tm) n9000", DeviceFamily.Switch,
        "Cisco Nexus 9000 Series Switches", "Cisco Nexus 9000 Switch")]
    [InlineData("9.6.1.94", "SG350X-24P-K9", "", DeviceFamily.Switch, "Cisco 350X Series Switches", "Cisco 350X Switch")]
    [InlineData("9.1.1116", "ASR1001", "", DeviceFamily.Router, "Cisco ASR 1000 Series Routers", "Cisco ASR 1000 Router")]
    [InlineData("9.1.1043", "CISCO2951/K9", "", DeviceFamily.Router, "Cisco 2900 Series Routers", "Cisco 2900 Router")]
    [InlineData("9.1.576", null, Ios + "2800 Software (C2800NM-ADVENTERPRISEK9-M), Version 12.4(24)T1", DeviceFamily.Router,
        "Cisco 2800 Series Routers", "Cisco 2800 Router")]
    [InlineData("9.1.2068", "ISR4331/K9", "", DeviceFamily.Router, "Cisco ISR 4300 Series Routers", "Cisco ISR 4300 Router")]
    [InlineData("9.1.1069", "AIR-CT5508-K9", "Cisco Controller", DeviceFamily.WirelessController,
        "Cisco 5500 Series Wireless Controllers", "Cisco 5500 Wireless Controller")]
    [InlineData("9.1.2404", "ASA5555", "Cisco Adaptive Security Appliance Version 9.12(2)", DeviceFamily.Firewall,
        "Cisco ASA 5500 Series Firewalls", "Cisco ASA 5500 Firewall")]
    [InlineData("30065.1.3011", "DCS-7050SX3-48YC8", "", DeviceFamily.Switch, "Arista 7050 Series Switches", "Arista 7050 Switch")]
    [InlineData("2636.1.1.1.2.25", null, "an operator's own words", DeviceFamily.Router,
        "Juniper MX Series Routers", "Juniper MX Router")]
    [InlineData("2636.1.1.1.2.31", null, "Juniper Networks, Inc. ex4200-48t internet router, kernel JUNOS 11.2R1.10",
        DeviceFamily.Switch, "Juniper EX Series Switches", "Juniper EX Switch")]
    [InlineData("2636.1.1.1.2.39", "SRX240H", "", DeviceFamily.Firewall, "Juniper SRX Series Firewalls", "Juniper SRX Firewall")]
    [InlineData("2011.2.23.291", null, "S5720-56C-PWR-EI-AC Huawei Versatile Routing Platform Software", DeviceFamily.Switch,
        "Huawei S5700 Series Switches", "Huawei S5700 Switch")]
    [InlineData("14988.1", null, "RouterOS RB4011iGS+", DeviceFamily.Router,
        "MikroTik RouterBOARD Series Routers", "MikroTik RouterBOARD Router")]
    [InlineData("14988.1", null, "RouterOS CRS326-24G-2S+", DeviceFamily.Switch, "MikroTik CRS Series Switches", "MikroTik CRS Switch")]
    [InlineData("47196.4.1.1.1.424", "JL721C", "Aruba JL721C 8360-12C v2 Switch LL.10.13.1040", DeviceFamily.Switch,
        "Aruba CX 8360 Series Switches", "Aruba CX 8360 Switch")]
    [InlineData("11.2.3.7.11.182", "J9773A", "HP J9773A 2530-24G-PoEP Switch, revision YA.15.12", DeviceFamily.Switch,
        "HP 2530 Series Switches", "HP 2530 Switch")]
    [InlineData("12356.106.1.1", null, "", DeviceFamily.Switch, "Fortinet FortiSwitch Series Switches", "Fortinet FortiSwitch Switch")]
    [InlineData("12356.101.1.644", "FGT_60F", "", DeviceFamily.Firewall,
        "Fortinet FortiGate Series Firewalls", "Fortinet FortiGate Firewall")]
    [InlineData("318.1.3.27", null, "APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.9.6)", DeviceFamily.Other,
        "APC Power Devices", "APC Power Device")]
    [InlineData("11.2.3.9.1", null, "HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153", DeviceFamily.Other,
        "HP Printers", "HP Printer")]
    [InlineData("368.1.1", null, "AXIS Q6055-E; Network Camera", DeviceFamily.Other, "Axis Network Cameras", "Axis Network Camera")]
    public void The_table_tells_family_series_and_type(string objectId, string? model, string description, DeviceFamily family,
        string series, string type)
    {
        DeviceKind kind = KindOf(objectId, model, description);

        Assert.Equal((family, series, type), (kind.Family, kind.Series, kind.Type));
    }

    [Theory]
    [InlineData("2636.1.1.1.4.82.5", "Juniper Networks, Inc. qfx5100-48s-6q Ethernet Switch, kernel JUNOS 14.1X53-D40.8", "QFX5100-48S-6Q")]
    [InlineData("30065.1.3011", "Arista Networks EOS version 4.33.6M running on an Arista Networks DCS-7280SR-48C6", "DCS-7280SR-48C6")]
    [InlineData("14988.1", "RouterOS RB760iGS", "RB760iGS")]
    [InlineData("6486.800.1.1.2.1.11.2.2", "Alcatel-Lucent OS6250-P24 6.6.1.791.R01 Service Release", "OS6250-P24")]
    public void A_model_in_sysDescr_counts_where_no_object_tells_it(string objectId, string description, string model) =>
        Assert.Equal(model, KindOf(objectId, null, description).Model);

    [Theory]
    [InlineData("99999.1", null, null, null)] // a number that nobody in the table has
    [InlineData("9.1.9999", "XYZ-1", "Cisco", "Cisco XYZ-1")]
    [InlineData("10002.1", null, "Ubiquiti", "Ubiquiti")]
    [InlineData("8072.3.2.10", null, null, null)] // net-snmp is an agent, and makes no devices
    public void What_the_table_lacks_is_a_third_party_device_of_a_vendor(string objectId, string? model, string? vendor, string? type)
    {
        DeviceKind kind = KindOf(objectId, model, "Linux 2.6.33 #1 Fri Jan 26 16:39:18 CST 2018 armv5tejl");

        Assert.Equal((vendor, type, null), (kind.Vendor, kind.Type, kind.Series));
        Assert.Equal("Third Party Device", DeviceFamilyWords.Of(kind.Family));
    }

    [Fact]
    public void Every_line_of_the_table_is_read_and_its_maker_has_a_name()
    {
        Assert.All(Products.Makers, maker =>
        {
            Assert.Null(Products.Find(maker, "a text that no maker ever wrote"));
            Assert.True(Vendors.Of(maker) is not null || maker == NetSnmp, $"{maker} has no name in vendors.txt.");
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.3.6.1.4.1")]
    [InlineData("1.3.6.1.4.1.")]
    [InlineData("1.3.6.1.4.1.9")]
    [InlineData("1.3.6.1.4.1.4294967295.1")]
    [InlineData("1.3.6.1.4.10.9.1")]
    [InlineData("0.0")]
    public void A_sysObjectID_of_no_product_tells_nothing(string objectId)
    {
        DeviceKind kind = KindOf(Facts.Snapshot(Facts.Identity("x") with { SysObjectId = objectId }));

        Assert.Equal((DeviceFamily.Other, null, null), (kind.Family, kind.Series, kind.Model));
    }

    [Fact]
    public void What_bridges_several_ports_is_a_switch()
    {
        DeviceSnapshot unknown = Facts.Snapshot(Facts.Identity("x", descr: "some maker's box"));
        DeviceSnapshot onePort = unknown with { BridgePorts = [new BridgePort(default, 1, new IfIndex(1))] };

        Assert.Equal(DeviceFamily.Other, KindOf(onePort).Family);
        Assert.Equal(DeviceFamily.Switch,
            KindOf(onePort with { BridgePorts = onePort.BridgePorts.Add(new BridgePort(default, 2, new IfIndex(2))) }).Family);
    }

    [Fact]
    public void What_serves_access_points_is_a_controller_whatever_it_is_built_as()
    {
        DeviceSnapshot controller = Facts.Snapshot(Facts.Identity("x", model: "C9300-48U")) with
        {
            AccessPoints = [new AccessPoint(default, default, "ap", default, "", "", "", "")],
        };

        Assert.Equal(DeviceFamily.WirelessController, KindOf(controller).Family);
    }

    [Fact]
    public void An_access_point_is_named_after_its_model()
    {
        var accessPoint = new AccessPoint(default, default, "ap", default, "AIR-CAP3702I-A-K9", "", "", "");
        DeviceKind kind = DeviceKind.Of(accessPoint, Device(Facts.Snapshot(Facts.Identity("wlc") with
        {
            SysObjectId = "1.3.6.1.4.1.9.1.1069",
        })));

        Assert.Equal((DeviceFamily.AccessPoint, "Cisco Aironet 3700 Access Point", "AIR-CAP3702I-A-K9"),
            (kind.Family, kind.Type, kind.Model));
    }

    [Theory]
    [InlineData(IpForwarding.Forwarding, 78, false, DeviceFamily.Router)] // it says that it works in layer 3
    [InlineData(IpForwarding.NotTold, 72, true, DeviceFamily.Router)] // it knows a way behind another router
    [InlineData(IpForwarding.Forwarding, 72, false, DeviceFamily.Other)] // a server with containers
    [InlineData(IpForwarding.NotTold, 72, false, DeviceFamily.Other)] // a server in two subnets
    [InlineData(IpForwarding.NotTold, 78, false, DeviceFamily.Other)] // agents of servers say so too
    [InlineData(IpForwarding.NotForwarding, 78, true, DeviceFamily.Other)]
    public void Two_subnets_make_no_router(IpForwarding forwarding, int services, bool routed, DeviceFamily family)
    {
        DeviceIdentity identity = Facts.Identity("x", descr: "some maker's box") with { IpForwarding = forwarding, SysServices = services };
        DeviceSnapshot device = Facts.Snapshot(identity, "192.0.2.1", "198.51.100.1") with
        {
            Routes = [Way("0.0.0.0/0"), .. routed ? (Route[])[Way("203.0.113.0/24")] : []],
        };

        Assert.Equal(family, KindOf(device).Family);

        static Route Way(string prefix) => new(Prefix.Parse(prefix), Ipv4Address.Parse("192.0.2.254"), new IfIndex(1), RouteKind.Remote,
            RouteProtocol.NetMgmt, 0, Route.IpRouteTable);
    }

    [Fact]
    public void A_router_by_its_model_that_forwards_for_nobody_is_none()
    {
        DeviceSnapshot bridge = Facts.Snapshot(Facts.Identity("x", descr: "RouterOS RB433GL") with
        {
            SysObjectId = "1.3.6.1.4.1.14988.1",
            IpForwarding = IpForwarding.NotForwarding,
        });

        Assert.Equal(DeviceFamily.Other, KindOf(bridge).Family);
    }

    [Fact]
    public async Task A_view_goes_on_with_what_was_concluded_from_the_same_facts()
    {
        var inventory = new MemoryInventory();
        DeviceId[] ids = [.. await inventory.Devices.SaveAsync(
            [Facts.Collected("192.0.2.1", "one", "S1"), Facts.Collected("192.0.2.2", "two", "S2")], CancellationToken.None)];
        InventoryView before = await inventory.ViewAsync();

        await inventory.Devices.SaveAsync([Facts.Collected("192.0.2.2", "two, renamed", "S2")], CancellationToken.None);
        InventoryView after = await inventory.ViewAsync();

        Assert.NotEqual(before, after);
        Assert.Same(before.Find(ids[0])!.Kind, after.Find(ids[0])!.Kind);
        Assert.NotSame(before.Find(ids[1])!.Kind, after.Find(ids[1])!.Kind);
    }

    private static DeviceKind KindOf(string objectId, string? model, string description) =>
        KindOf(Facts.Snapshot(Facts.Identity("x", model: model, descr: description) with { SysObjectId = $"1.3.6.1.4.1.{objectId}" }));

    private static DeviceKind KindOf(DeviceSnapshot snapshot) => DeviceKind.Of(Device(snapshot));

    private static NetworkDevice Device(DeviceSnapshot snapshot) =>
        new(new DeviceId(Guid.NewGuid()), Ipv4Address.Parse("192.0.2.1"), snapshot);
}
