using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A packet has left for another network only where nothing says that its destination is in ours.</summary>
public sealed class WayOutTests
{
    private const string H1 = "10.11.1.50", Internet = "8.8.8.8";

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("address", false)]
    [InlineData("subnet", false)]
    [InlineData("ARP", false)]
    [InlineData("lease", false)]
    [InlineData("station", false)]
    [InlineData("access point", false)]
    public void A_destination_that_any_table_knows_has_not_left(string known, bool left)
    {
        NetworkBuilder network = LeftTests.Branches();
        DeviceBuilder other = network.Device("other", "10.99.0.1");
        _ = known switch
        {
            "address" => other.Address("Lo0", $"{Internet}/32"),
            "subnet" => other.Address("Lan", "8.8.8.1/24"),
            "ARP" => other.Arp("Lan", Internet, Mac(8)),
            "lease" => other.Lease(1, Mac(8), Internet, "Gi1"),
            "station" => other.Station(Mac(8), Internet, Mac(9), "clients"),
            "access point" => other.AccessPoint("ap", Internet, Mac(8), Mac(9)),
            _ => other,
        };
        Assert.Equal(left, network.Trace(H1, Internet).Ending is Ending.Left);
    }

    [Theory]
    [InlineData(RouteProtocol.Rip, false)]
    [InlineData(RouteProtocol.Isis, false)]
    [InlineData(RouteProtocol.EsIs, false)]
    [InlineData(RouteProtocol.Igrp, false)]
    [InlineData(RouteProtocol.Ospf, false)]
    [InlineData(RouteProtocol.Eigrp, false)]
    [InlineData(RouteProtocol.Bgp, true)]
    [InlineData(RouteProtocol.NetMgmt, true)]
    [InlineData(RouteProtocol.Other, true)]
    public void A_route_that_an_interior_protocol_brought_is_of_our_own_network(RouteProtocol protocol, bool left) =>
        Assert.Equal(left, LeftTests.Branches("10.60.0.0/16", protocol).Trace(H1, "10.60.0.1").Ending is Ending.Left);

    [Theory]
    [InlineData("0.0.0.0/0", false, true)]
    [InlineData("8.8.0.0/16", false, true)]
    [InlineData("0.0.0.0/0", true, false)] // somebody managed is at the other end
    public void By_a_route_that_names_an_interface_it_leaves_where_nobody_managed_is_linked(string prefix, bool linked, bool left)
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.11.1.1").Address("Lan", "10.11.1.1/24").Address("Dmz", "10.11.2.1/24")
            .Arp("Lan", H1, Mac(1)).Route(prefix, "0.0.0.0", "Dialer0", RouteProtocol.NetMgmt);
        if (linked)
        {
            network.Device("r2", "10.12.0.1").Port("Dialer0");
            network.Device("r3", "10.13.0.1").Port("Dialer0");
            network.Cable("r1:Dialer0", "r2:Dialer0");
            network.Cable("r1:Dialer0", "r3:Dialer0");
        }
        Ending ending = network.Trace(H1, Internet).Ending;
        Assert.Equal(left, ending == new Ending.Left(r1.Build().Id, r1.Port("Dialer0"), default));
        if (left) return;
        string missing = Assert.IsType<Ending.Unknown>(ending).Missing;
        Assert.StartsWith($"r1 routes {prefix} out of Dialer0", missing, StringComparison.Ordinal);
    }
}
