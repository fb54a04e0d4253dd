using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>A device is managed unless a table fails that its work needs.</summary>
public sealed class NeededTablesTests
{
    private static readonly DeviceSnapshot s_router = Of("9.1.1116", "ASR1001"), s_switch = Of("9.1.1208", "WS-C2960X-48FPS-L"),
        s_power = Of("318.1.3.27", null), s_unknown = Of("99999.1", null);

    [Fact]
    public void Interfaces_addresses_and_neighbors_are_needed_of_every_device()
    {
        foreach (FactSource table in (FactSource[])[Interface.IfTable, Interface.IfXTable, InterfaceAddress.IpAddrTable,
            LldpNeighbor.LldpRemTable])
            Assert.All([s_router, s_switch, s_power, s_unknown], device => Assert.False(IsManaged(device, table)));
    }

    [Fact]
    public void Routes_and_resolved_addresses_are_needed_of_what_routes()
    {
        foreach (FactSource table in (FactSource[])[Route.IpRouteTable, ArpEntry.IpNetToMediaTable, VrfRoute.MplsL3VpnVrfRteTable])
        {
            Assert.All([s_router, s_unknown, s_switch with { Addresses = s_router.Addresses }],
                device => Assert.False(IsManaged(device, table)));
            Assert.All([s_switch, s_power], device => Assert.True(IsManaged(device, table)));
        }
    }

    [Fact]
    public void Forwarding_databases_are_needed_of_what_bridges()
    {
        foreach (FactSource table in (FactSource[])[FdbEntry.Dot1qTpFdbTable, BridgePort.Dot1dBasePortTable, StpPort.Dot1dStpPortTable])
        {
            Assert.All([s_switch, s_unknown], device => Assert.False(IsManaged(device, table)));
            Assert.All([s_router, s_power], device => Assert.True(IsManaged(device, table)));
        }
    }

    [Fact]
    public void Modules_are_needed_of_nobody_and_a_VLANs_context_is_coverage()
    {
        Assert.True(IsManaged(s_router, EntityModule.EntPhysicalTable));
        Assert.True(IsManaged(s_switch, FdbEntry.Dot1dTpFdbTable, "vlan-20"));
        Assert.False(IsManaged(s_switch, FdbEntry.Dot1dTpFdbTable));
    }

    private static bool IsManaged(DeviceSnapshot device, FactSource failed, string context = "")
    {
        DeviceSnapshot read = device with
        {
            Readings = [new TableReading(failed, context, ReadingOutcome.Refused, 0, Facts.Noon, "reason")],
        };
        var id = new DeviceId(Guid.NewGuid());
        var source = new NetworkDevice(id, Ipv4Address.Parse("192.0.2.1"), read);
        var shown = new InventoryDevice(id, source, null, null, DeviceRole.Unknown, false) { Kind = DeviceKind.Of(source) };
        return shown.ErrorDescription is null;
    }

    private static DeviceSnapshot Of(string product, string? model)
    {
        DeviceIdentity identity = Facts.Identity("x", model: model) with { SysObjectId = $"1.3.6.1.4.1.{product}" };
        return model == "ASR1001" ? Facts.Snapshot(identity, "192.0.2.1", "198.51.100.1") : Facts.Snapshot(identity, "192.0.2.1");
    }
}
