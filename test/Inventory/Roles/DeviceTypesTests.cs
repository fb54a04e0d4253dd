using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class DeviceTypesTests
{
    [Theory]
    [InlineData("WS-C6503-E", "Cisco IOS Software, s72033_rp Software (s72033_rp-ADVENTERPRISEK9-M), Version 15.1(2)SY4a",
        DeviceTypes.Switch)]
    [InlineData("WS-C3850-48P", "Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M)",
        DeviceTypes.Switch)]
    [InlineData("DCS-7050SX3-48YC8", "Arista Networks EOS version 4.28.3M", DeviceTypes.Switch)]
    [InlineData("C9300-48U", "Cisco IOS Software [Amsterdam], Catalyst L3 Switch Software (CAT9K_IOSXE)", DeviceTypes.Switch)]
    [InlineData("N9K-C93180YC-EX", "Cisco NX-OS(tm) n9000", DeviceTypes.Switch)]
    [InlineData("ASR1001", "Cisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M)", DeviceTypes.Router)]
    [InlineData("CISCO2951/K9", "Cisco IOS Software, C2951 Software (C2951-UNIVERSALK9-M)", DeviceTypes.Router)]
    [InlineData("ISR4331/K9", "Cisco IOS Software, ISR Software", DeviceTypes.Router)]
    [InlineData(null, "Linux frr 6.1.0", DeviceTypes.Router)]
    public void The_model_decides_where_its_family_is_known(string? model, string description, string family)
    {
        Assert.Equal(family, DeviceTypes.Of(Facts.Snapshot(Facts.Identity("x", model: model, descr: description))));
    }

    [Fact]
    public void What_bridges_several_ports_is_a_switch()
    {
        DeviceSnapshot unknown = Facts.Snapshot(Facts.Identity("x", descr: "some maker's box"));
        DeviceSnapshot onePort = unknown with { BridgePorts = [new BridgePort(default, 1, new IfIndex(1))] };

        Assert.Equal(DeviceTypes.Router, DeviceTypes.Of(onePort));
        Assert.Equal(DeviceTypes.Switch,
            DeviceTypes.Of(onePort with { BridgePorts = onePort.BridgePorts.Add(new BridgePort(default, 2, new IfIndex(2))) }));
    }

    [Fact]
    public void What_serves_access_points_is_a_controller_whatever_it_is_built_as()
    {
        DeviceSnapshot controller = Facts.Snapshot(Facts.Identity("x", model: "C9300-48U")) with
        {
            AccessPoints = [new AccessPoint(default, default, "ap", default, "", "", "", "")],
        };

        Assert.Equal(DeviceTypes.WirelessController, DeviceTypes.Of(controller));
    }
}
