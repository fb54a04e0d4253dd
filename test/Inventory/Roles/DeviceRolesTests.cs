using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class DeviceRolesTests
{
    // Two access switches under one distribution switch, a ring of core, and a border router with the provider behind it.
    private readonly Drawing _campus = new Drawing()
        .Device("access", "10.0.1.2/24")
        .Device("behind-access", "10.0.1.3/24")
        .Device("distribution", "10.0.1.1/24", "10.0.9.1/30", "10.0.9.5/30")
        .Device("core-1", "10.0.9.2/30", "10.0.9.9/30", "10.0.9.13/30")
        .Device("core-2", "10.0.9.6/30", "10.0.9.10/30")
        .Device("border", "10.0.9.14/30", "192.0.2.1/30")
        .Cable("access", 5, "distribution", 11)
        .Cable("access", 6, "behind-access", 5)
        .Cable("distribution", 2, "core-1", 1)
        .Cable("distribution", 3, "core-2", 1)
        .Cable("core-1", 2, "core-2", 2)
        .Cable("core-1", 3, "border", 1)
        .Host("10.0.1.100", "access", 7, "distribution", 1)
        .Route("border", "0.0.0.0/0", "192.0.2.2", 2);

    [Theory]
    [InlineData("access", DeviceRole.Access)]
    [InlineData("behind-access", DeviceRole.Unknown)]
    [InlineData("distribution", DeviceRole.Distribution)]
    [InlineData("core-1", DeviceRole.Core)]
    [InlineData("core-2", DeviceRole.Core)]
    [InlineData("border", DeviceRole.BorderRouter)]
    public void Roles_follow_from_what_is_attached_and_what_is_around(string device, DeviceRole role)
    {
        Assert.Equal(role, RoleOf(device));
    }

    [Fact]
    public void A_switch_with_hosts_behind_another_switch_still_makes_its_router_a_distribution_device()
    {
        _campus.Change("access", device => device with { Fdb = [] }).Host("10.0.1.101", "behind-access", 8, "distribution", 1);

        Assert.Equal(DeviceRole.Access, RoleOf("behind-access"));
        Assert.Equal(DeviceRole.Distribution, RoleOf("distribution"));
    }

    [Fact]
    public void A_distribution_switch_with_a_few_servers_stays_one()
    {
        _campus.Host("10.0.1.102", "distribution", 20, "distribution", 1);

        Assert.Equal(DeviceRole.Distribution, RoleOf("distribution"));
    }

    [Fact]
    public void A_router_with_hosts_and_nothing_below_is_access()
    {
        _campus.Host("10.0.9.77", "core-2", 30, "core-2", 1);

        Assert.Equal(DeviceRole.Access, RoleOf("core-2"));
    }

    [Fact]
    public void An_access_point_and_the_devices_it_hangs_on_are_access()
    {
        var mac = MacAddress.Parse("00:00:5e:00:53:f0");
        _campus
            .Device("controller", "10.0.1.9/24")
            .Cable("controller", 5, "distribution", 12)
            .Change("controller",
                device => device with { AccessPoints =
                [new AccessPoint(MacAddress.Parse("00:00:5e:00:53:f1"), mac, "ap", Ipv4Address.Parse("10.0.1.50"), "", "", "", "")] })
            .Change("behind-access",
                device => device with { Fdb =
                [new FdbEntry(new VlanId(1), mac, new IfIndex(9), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable)] });

        Assert.Equal(DeviceRole.Access, RoleOf("controller"));
        Assert.Equal(DeviceRole.Access, RoleOf("behind-access"));
        Assert.Equal(DeviceRole.Access, RolesOf(_campus.Build())[StableId.OfAccessPoint(mac)]);
    }

    [Fact]
    public void A_device_alone_is_unknown()
    {
        Assert.Equal(DeviceRole.Unknown,
            RolesOf(new Drawing().Device("alone", "10.0.0.1/24", "10.0.1.1/24").Build()).Values.SingleOrDefault());
    }

    [Theory]
    [InlineData(LldpCapabilities.Router, DeviceRole.BorderRouter)]
    [InlineData(LldpCapabilities.None, DeviceRole.BorderRouter)] // it does not say what it is
    [InlineData(LldpCapabilities.StationOnly, DeviceRole.Unknown)]
    [InlineData(LldpCapabilities.Telephone, DeviceRole.Unknown)]
    public void A_neighbor_that_forwards_for_nobody_makes_no_border_router(LldpCapabilities neighbor, DeviceRole role)
    {
        Drawing drawing = new Drawing().Device("router", "192.0.2.1/24", "203.0.113.1/24").Change("router", device => device with
        {
            LldpNeighbors = [new LldpNeighbor(new IfIndex(2), new ChassisId(4, "02:ab:ab:35:02:01"), new PortId(3, "02:ab:ab:35:02:01"),
                "eth0", "server", "Debian GNU/Linux 12", []) { Capabilities = neighbor }],
        });

        Assert.Equal(role, RolesOf(drawing.Build()).GetValueOrDefault(drawing["router"]));
    }

    [Theory]
    [InlineData(IpForwarding.NotForwarding, 78, DeviceRole.Unknown)]
    [InlineData(IpForwarding.Forwarding, 78, DeviceRole.Core)]
    [InlineData(IpForwarding.Forwarding, 72, DeviceRole.Unknown)] // a host with containers
    [InlineData(IpForwarding.NotTold, 72, DeviceRole.Unknown)]
    public void A_server_among_routers_is_no_core(IpForwarding told, int services, DeviceRole role)
    {
        _campus.Change("core-1", device => device with
        {
            Identity = device.Identity with { IpForwarding = told, SysServices = services },
        });

        Assert.Equal(role, RoleOf("core-1"));
    }

    [Fact]
    public async Task An_operators_word_wins_until_it_is_taken_back()
    {
        var inventory = new MemoryInventory();
        inventory.Network.Show(InventoryState.Empty with { Devices = _campus.Build().Devices.ToImmutableDictionary(device => device.Id) });

        await inventory.Devices.SetRoleAsync(_campus["access"], DeviceRole.Core, CancellationToken.None);
        Assert.Equal((DeviceRole.Core, true), await ShownAsync());

        await inventory.Devices.SetRoleAsync(_campus["access"], null, CancellationToken.None);
        Assert.Equal((DeviceRole.Access, false), await ShownAsync());

        async Task<(DeviceRole, bool)> ShownAsync() =>
            (await inventory.ViewAsync()).Find(_campus["access"]) is { } device ? (device.Role, device.RoleIsManual) : default;
    }

    private static FrozenDictionary<DeviceId, DeviceRole> RolesOf(NetworkSnapshot network) =>
        DeviceRoles.Of(network, DeviceKind.AllOf(network));

    private DeviceRole RoleOf(string device) => RolesOf(_campus.Build()).GetValueOrDefault(_campus[device]);
}
