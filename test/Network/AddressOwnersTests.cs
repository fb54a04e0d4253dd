namespace Towpath.Network.Tests;

/// <summary>Whose an address is, where several devices and several VPNs have it.</summary>
public sealed class AddressOwnersTests
{
    private static readonly Ipv4Address s_address = Ipv4Address.Parse("10.0.0.9");

    /// <param name="owners">The VRFs in which some device has the address; each device is named as its VRF.</param>
    [Theory]
    [InlineData("global red blue", "red", "red")]
    [InlineData("global red blue", "blue", "blue")]
    [InlineData("global red blue", "", "global")]
    [InlineData("global red blue", "green", "global")] // what hangs on a VRF has none itself
    [InlineData("global blue", "red", "global")]
    [InlineData("red blue", "", "blue red")] // the neighbor of a global interface may be in a VRF
    [InlineData("red blue", "red", "red")]
    [InlineData("red blue", "green", "")] // never those of another VRF
    [InlineData("red", "blue", "")]
    public void Those_of_the_same_VRF_have_it_else_those_of_the_global_table(string owners, string vrf, string expected) =>
        Assert.Equal(expected, Names(Network(owners).Build(), network => network.OwnersOf(s_address, new VrfName(vrf))));

    [Fact]
    public void Without_VRFs_all_have_it_whatever_VRF_is_asked()
    {
        var network = new NetworkBuilder();
        foreach (int i in new[] { 1, 2 }) network.Device($"r{i}", $"192.0.2.{i}").Address("Gi1", "10.0.0.9/24");
        Assert.Equal("r1 r2", Names(network.Build(), of => of.OwnersOf(s_address, new VrfName("red"))));
        Assert.Equal("r1 r2", Names(network.Build(), of => of.OwnersOf(s_address, Vrfs.Global)));
    }

    [Fact]
    public void A_virtual_address_of_two_groups_is_its_one_active_gateways()
    {
        var network = new NetworkBuilder();
        var virtualMac = MacAddress.Parse("00:00:0c:07:ac:0a", null);
        network.Device("standby", "192.0.2.1").Shares("Vlan10", "10.0.10.1", virtualMac, GatewayState.Standby);
        network.Device("active", "192.0.2.2").Shares("Vlan10", "10.0.10.1", virtualMac, GatewayState.Active)
            .Shares("Vlan20", "10.0.20.1", virtualMac, GatewayState.Active);
        NetworkSnapshot built = network.Build();
        Assert.Equal(built.InOrder[0].Id, Assert.Single(built.OwnersOf(virtualMac)));
    }

    [Fact]
    public void Those_whose_interface_is_up_come_first()
    {
        var network = new NetworkBuilder();
        foreach (int i in new[] { 1, 2, 3 }) network.Device($"r{i}", $"192.0.2.{i}").Address("Gi1", "10.0.0.9/24");
        network["r1"].Down("Gi1");
        Assert.Equal("r2 r3 r1", Names(network.Build(), of => of.OwnersOf(s_address)));
        Assert.Equal("r2 r3", Names(network.Build(), of => of.SubnetOwners(s_address)));
    }

    /// <param name="subnets">VRFs with the subnet that some device stands in there; each device is named as its VRF.</param>
    [Theory]
    [InlineData("global:24 red:25 blue:24", "red", "red")]
    [InlineData("global:24 red:25 blue:24", "blue", "blue")] // red's smaller one is not meant
    [InlineData("global:24 red:25 blue:24", "", "global")]
    [InlineData("global:24 red:25 blue:24", "green", "red")]
    [InlineData("red:24 blue:24", "green", "blue red")]
    [InlineData("red:32 blue:24", "red", "blue")] // a subnet of one address holds nobody else
    public void In_a_subnet_stand_those_of_the_same_VRF_else_all_of_the_smallest(string subnets, string vrf, string expected) =>
        Assert.Equal(expected, Names(Network(subnets).Build(), network => network.SubnetOwners(s_address, new VrfName(vrf))));

    [Fact]
    public void Whatever_the_VRF_the_smallest_subnet_is_taken_where_there_is_none()
    {
        var network = new NetworkBuilder();
        network.Device("wide", "192.0.2.1").Address("Gi1", "10.0.0.1/16");
        network.Device("narrow", "192.0.2.2").Address("Gi1", "10.0.0.2/24");
        Assert.Equal("narrow", Names(network.Build(), of => of.SubnetOwners(s_address, new VrfName("red"))));
        Assert.Equal("narrow", Names(network.Build(), of => of.SubnetOwners(s_address)));
        Assert.Equal("wide", Names(network.Build(), of => of.SubnetOwners(Ipv4Address.Parse("10.0.1.9"))));
        Assert.Equal("", Names(network.Build(), of => of.SubnetOwners(Ipv4Address.Parse("10.1.0.9"))));
    }

    [Theory]
    [InlineData("", "lab")]
    [InlineData("office", "office")]
    [InlineData("lab", "lab")]
    [InlineData("office lab", "lab")]
    [InlineData("elsewhere", "lab")] // its interface is in none of the subnets
    public void Of_several_subnets_the_one_whose_router_has_resolved_the_address_holds_it(string resolved, string expected)
    {
        var network = new NetworkBuilder();
        network.Device("office", "192.0.2.1").Address("Gi1", "10.0.0.1/16");
        network.Device("lab", "192.0.2.2").Address("Gi1", "10.0.0.2/24");
        network.Device("elsewhere", "192.0.2.3").Address("Gi1", "172.16.0.1/24");
        foreach (string name in resolved.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            network[name].Arp("Gi1", "10.0.0.9", NetworkBuilder.Mac(1));
        Assert.Equal(expected, Names(network.Build(), of => of.SubnetOwners(s_address)));
        Assert.Equal(expected, Names(network.Build(), of => of.SubnetOwners(s_address, new VrfName("red"))));
    }

    [Fact]
    public void Another_device_contradicts_an_owner_in_the_same_VRF_only_while_it_is_up_and_answers()
    {
        NetworkBuilder other = Network("red global"), down = Twins(), silent = Twins();
        Assert.Equal("twin", Against(Twins()));
        Assert.Null(Against(other));
        down["twin"].Down("Gi1");
        Assert.Null(Against(down));
        silent["twin"].Silent();
        Assert.Null(Against(silent));
        var alone = new NetworkBuilder();
        alone.Device("red", "192.0.2.1").Address("Gi1", "10.0.0.9/24").Address("Gi2", "10.0.0.9/24");
        Assert.Null(Against(alone));

        static NetworkBuilder Twins()
        {
            NetworkBuilder network = Network("red");
            network.Device("twin", "192.0.2.77").Address("Gi1", "10.0.0.9/24").Vrf("red", "Gi1");
            return network;
        }

        static string? Against(NetworkBuilder network)
        {
            NetworkSnapshot snapshot = network.Build();
            AddressOwner first = snapshot.OwnersOf(s_address)[0];
            return snapshot.OwnerAgainst(first) is { } against ? snapshot.Device(against.Device)!.Name : null;
        }
    }

    [Fact]
    public void A_router_id_is_the_one_that_tells_it_else_the_one_that_has_it_as_an_address()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "192.0.2.1").Ospf("0.0.0.1").Address("Gi1", "10.0.0.1/24");
        network.Device("r2", "192.0.2.2").Ospf("0.0.0.2").Address("Gi1", "10.0.0.2/24").Address("Gi2", "0.0.0.1/32");
        network.Device("r3", "192.0.2.3").Ospf("0.0.0.2").Address("Gi1", "10.0.0.2/24");
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal(["r1", null, "r1", null, null],
            new[] { "0.0.0.1", "0.0.0.2", "10.0.0.1", "10.0.0.2", "10.0.0.3" }.Select(id =>
                snapshot.RouterOf(Ipv4Address.Parse(id)) is { } router ? snapshot.Device(router)!.Name : null));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("10.1.2.128/25", true)] // part of it
    [InlineData("10.1.3.0/24", false)]
    [InlineData("10.2.0.0/16", false)] // that interface is down
    [InlineData("192.0.2.0/24", false)] // a subnet of one address is none
    [InlineData("0.0.0.0/0", true)]
    public void We_stand_in_a_prefix_that_holds_a_subnet_of_ours_or_is_held_by_one(string prefix, bool holds)
    {
        var network = new NetworkBuilder();
        network.Device("r1", "192.0.2.1").Address("Gi1", "10.1.2.1/24").Address("Gi2", "10.2.0.1/24").Down("Gi2");
        Assert.Equal(holds, network.Build().HoldsSubnetIn(Prefix.Parse(prefix)));
    }

    [Fact]
    public void A_port_leads_into_what_is_not_managed_by_a_neighbor_that_forwards_or_a_route_to_nobodys_address()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "192.0.2.1").Address("Wan", "10.0.1.1/24").Address("Lan", "10.0.2.1/24")
            .Address("Gi0.7", "10.0.3.1/24").HearsCdp("Gi1", "stranger", "Gi1", 8).HearsCdp("Gi2", "telephone", "Port 1", 0b1_0000)
            .HearsCdp("Gi3", "silent about it", "Port 1", 0).Route("172.16.0.0/16", "10.0.1.2", "Wan")
            .Route("172.17.0.0/16", "10.0.2.2", "Lan").Route("172.18.0.0/16", "10.0.3.2", "Gi0.7");
        r1.Port("Gi0");
        network.Device("r2", "192.0.2.2").Address("Lan", "10.0.2.2/24");
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal(["Gi0", "Gi0.7", "Gi1", "Gi3", "Wan"], snapshot.Devices[0].Snapshot.Interfaces
            .Where(i => snapshot.LeadsIntoUnmanaged(new Port(snapshot.Devices[0].Id, i.Index))).Select(i => i.Name)
            .Order(StringComparer.Ordinal));
    }

    private static string Names(NetworkSnapshot network, Func<NetworkSnapshot, IEnumerable<AddressOwner>> owners) =>
        string.Join(' ', owners(network).Select(owner => network.Device(owner.Device)!.Name));

    /// <param name="owners">VRFs, each with the length of its subnet, else /24.</param>
    private static NetworkBuilder Network(string owners)
    {
        var network = new NetworkBuilder();
        foreach ((int i, string owner) in owners.Split(' ').Index())
        {
            string[] parts = owner.Split(':');
            DeviceBuilder device = network.Device(parts[0], $"192.0.2.{i + 1}")
                .Address("Gi1", $"10.0.0.9/{(parts.Length > 1 ? parts[1] : "24")}");
            if (parts[0] != "global") device.Vrf(parts[0], "Gi1");
        }
        return network;
    }
}
