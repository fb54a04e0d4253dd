using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

/// <summary>The port of a host: one that has learned its address, and that leads to nobody else.</summary>
public sealed class EdgePortTests
{
    private static readonly MacAddress s_host = Mac(1);
    private static readonly VlanId s_ten = new(10);

    [Fact]
    public void A_port_without_an_announcement_comes_first_then_one_with_fewer_addresses_then_the_newer_reading()
    {
        var network = new NetworkBuilder();
        network.Device("announced", "192.0.2.1").Fdb(10, s_host, "Gi1").HearsCdp("Gi1", "stranger", "eth0", 16);
        network.Device("crowd", "192.0.2.2").Fdb(10, s_host, "Gi1").Fdb(10, Mac(2), "Gi1").Fdb(10, Mac(3), "Gi1").Fdb(20, Mac(3), "Gi1");
        network.Device("pair", "192.0.2.3").Fdb(10, s_host, "Gi1").Fdb(10, Mac(4), "Gi1");
        network.Device("old", "192.0.2.4").Fdb(10, s_host, "Gi1").CollectedAt(Noon.AddMinutes(-1));
        network.Device("new", "192.0.2.5").Fdb(10, s_host, "Gi2").Fdb(10, s_host, "Gi1");
        Assert.Equal("new/Gi2:1 new/Gi1:1 old/Gi1:1 pair/Gi1:2 crowd/Gi1:3 announced/Gi1:1", Ports(network));
    }

    [Fact]
    public void Own_and_invalid_rows_ports_toward_managed_devices_and_repetitions_are_no_places()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Fdb(10, s_host, "Up").Fdb(10, s_host, "Gi1").Fdb(10, s_host, "Gi1").Fdb(0, s_host, "Gi1")
            .FdbRow(10, s_host, "Gi2", FdbStatus.Self).FdbRow(10, s_host, "Gi3", FdbStatus.Invalid).Bundle("Po1", "Te1")
            .Fdb(10, s_host, "Po1");
        network.Device("sw2", "192.0.2.2").Port("Up");
        network.Cable("sw1:Up", "sw2:Up");
        network.Cable("sw1:Te1", "sw2:Te1");
        Assert.Equal("sw1/Gi1:1", Ports(network));
        Assert.Equal(s_ten, network.Build().EdgePorts(s_host)[0].Vlan); // the row without a VLAN says nothing more
    }

    [Fact]
    public void A_row_that_tells_no_VLAN_is_in_that_of_its_access_port()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Access("Gi1", 10).Fdb(0, s_host, "Gi1").Fdb(0, Mac(2), "Gi2");
        Assert.Equal(s_ten, network.Build().EdgePorts(s_host)[0].Vlan);
        Assert.True(network.Build().EdgePorts(Mac(2))[0].Vlan.IsNone);
    }

    [Fact]
    public void Where_no_database_has_the_address_the_newest_lease_tells_the_port()
    {
        var network = new NetworkBuilder();
        network.Device("old", "192.0.2.1").Lease(10, s_host, "10.0.0.1", "Gi1").CollectedAt(Noon.AddMinutes(-1));
        network.Device("new", "192.0.2.2").Lease(20, s_host, "10.0.0.1", "Gi2");
        Assert.Equal("new/Gi2:1", Ports(network));
        Assert.Equal(new VlanId(20), network.Build().EdgePorts(s_host)[0].Vlan);
        network["old"].Fdb(10, s_host, "Gi7");
        Assert.Equal("old/Gi7:1", Ports(network));
        var uplink = new NetworkBuilder();
        uplink.Device("sw1", "192.0.2.1").Lease(10, s_host, "10.0.0.1", "Up");
        uplink.Device("sw2", "192.0.2.2").Port("Up");
        uplink.Cable("sw1:Up", "sw2:Up");
        Assert.Equal("", Ports(uplink));
    }

    [Theory]
    [InlineData(10, "sw1/Gi1")]
    [InlineData(20, "sw2/Gi1")]
    [InlineData(30, "sw1/Gi1")] // none is in it: the likeliest of all
    [InlineData(0, "sw1/Gi1")]
    public void Of_several_the_one_in_the_VLAN_is_the_hosts(int vlan, string port)
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Fdb(10, s_host, "Gi1");
        network.Device("sw2", "192.0.2.2").Fdb(20, s_host, "Gi1");
        Assert.Equal(port, Find(network, new VlanId((ushort)vlan)));
    }

    [Fact]
    public void Where_the_databases_lead_from_the_gateway_is_the_host_whatever_is_likelier()
    {
        NetworkBuilder network = Followed();
        Assert.Equal("far/Gi1 followed", Find(network, s_ten, "gateway"));
        Assert.Equal("near/Gi1", Find(network, s_ten));
        Assert.Equal("near/Gi1 followed", Find(network, s_ten, "near")); // where it has a row, that leads to its own port
        network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Fdb(10, s_host, "Gi1");
        Assert.Equal("sw1/Gi1", Find(network, s_ten, "sw1")); // there is one only
    }

    [Fact]
    public void Databases_that_lead_in_a_circle_lead_nowhere()
    {
        NetworkBuilder network = Followed();
        network["far"].Fdb(10, s_host, "Up"); // the later row
        Assert.Equal("near/Gi1", Find(network, s_ten, "gateway"));
    }

    [Theory]
    [InlineData(3, true)] // the host, its telephone, one more
    [InlineData(4, false)]
    public void A_port_with_up_to_three_addresses_contradicts(int addresses, bool contradicts)
    {
        NetworkBuilder network = Twice();
        for (int i = 1; i < addresses; i++) network["sw2"].Fdb(10, Mac(10 + i), "Gi1");
        Assert.Equal(contradicts ? "sw2/Gi1" : null, Against(network));
        for (int i = 1; i < 4; i++) network["sw1"].Fdb(10, Mac(20 + i), "Gi1"); // the host's own has as many
        Assert.Equal("sw2/Gi1", Against(network));
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(-240, false, true)]
    [InlineData(-241, false, false)] // it has aged out since
    [InlineData(300, false, true)]
    [InlineData(0, true, false)]
    [InlineData(5, true, false)] // as long as a row lives it may have been there before
    [InlineData(6, true, true)]
    public void An_older_row_contradicts_for_four_hours_and_what_frames_follow_only_a_row_that_is_five_minutes_newer(
        int minutesLater, bool followed, bool contradicts)
    {
        NetworkBuilder network = Twice();
        network["sw2"].CollectedAt(Noon.AddMinutes(minutesLater));
        Assert.Equal(contradicts ? "sw2/Gi1" : null, Against(network, followed));
    }

    [Fact]
    public void Rows_of_one_device_contradict_each_other_whatever_is_followed()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Fdb(10, s_host, "Gi1").Fdb(10, s_host, "Gi2");
        Assert.Equal("sw1/Gi2", Against(network, followed: true));
    }

    [Fact]
    public void Nobody_is_contradicted_by_a_silent_device_another_VLAN_a_bundle_or_a_port_that_leads_on()
    {
        NetworkBuilder silent = Twice(), otherVlan = Twice(vlan: 20), bundle = Twice(port: "Po1"), member = Twice(), forwards = Twice(),
            device = Twice(), telephone = Twice();
        silent["sw2"].Silent();
        member["sw2"].Bundle("Agg1", "Gi1");
        forwards["sw2"].HearsCdp("Gi1", "stranger", "eth0", 8);
        device["sw2"].Fdb(10, device["sw1"].MacOf("Gi1"), "Gi1");
        telephone["sw2"].HearsCdp("Gi1", "telephone", "eth0", 16);
        Assert.All([silent, otherVlan, bundle, member, forwards, device], network => Assert.Null(Against(network)));
        Assert.Equal("sw2/Gi1", Against(telephone));
        Assert.Equal("sw2/Gi1", Against(Twice(vlan: 0)));
    }

    [Fact]
    public void An_address_of_a_managed_device_or_of_a_virtual_router_is_on_several_ports_by_right()
    {
        NetworkBuilder owned = Twice();
        owned.Device("r1", "192.0.2.9").Shared("Gi1", s_host);
        Assert.Null(Against(owned));
        var network = new NetworkBuilder();
        MacAddress shared = MacAddress.Parse("00:00:0c:07:ac:0a");
        foreach (int i in new[] { 1, 2 }) network.Device($"sw{i}", $"192.0.2.{i}").Fdb(10, shared, "Gi1");
        NetworkSnapshot snapshot = network.Build();
        Assert.Null(snapshot.EdgeAgainst(shared, s_ten, snapshot.EdgePorts(shared)[0].At, false));
    }

    private static NetworkBuilder Twice(int vlan = 10, string port = "Gi1")
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.1").Fdb(10, s_host, "Gi1");
        network.Device("sw2", "192.0.2.2").Fdb(vlan, s_host, port);
        return network;
    }

    /// <summary>gateway - far; near has an old row.</summary>
    private static NetworkBuilder Followed()
    {
        var network = new NetworkBuilder();
        network.Device("near", "192.0.2.1").Fdb(10, s_host, "Gi1");
        network.Device("gateway", "192.0.2.2").Fdb(10, s_host, "Down");
        network.Device("far", "192.0.2.3").Fdb(10, s_host, "Gi1").Fdb(10, Mac(2), "Gi1");
        network.Cable("gateway:Down", "far:Up");
        return network;
    }

    private static string? Against(NetworkBuilder network, bool followed = false)
    {
        NetworkSnapshot snapshot = network.Build();
        Port first = new(network["sw1"].Build().Id, network["sw1"].Port("Gi1"));
        return snapshot.EdgeAgainst(s_host, s_ten, first, followed) is { } other ? Text(snapshot, other) : null;
    }

    private static string? Find(NetworkBuilder network, VlanId vlan, string? from = null)
    {
        NetworkSnapshot snapshot = network.Build();
        return snapshot.EdgePort(s_host, vlan, from is null ? default : network[from].Build().Id) is { } edge
            ? Text(snapshot, edge.At) + (edge.IsFollowed ? " followed" : "") : null;
    }

    private static string Ports(NetworkBuilder network)
    {
        NetworkSnapshot snapshot = network.Build();
        return string.Join(' ', snapshot.EdgePorts(s_host).Select(edge => $"{Text(snapshot, edge.At)}:{edge.MacsOnPort}"));
    }

    private static string Text(NetworkSnapshot network, Port port) =>
        $"{network.Device(port.Device)!.Name}/{network.Interface(port.Device, port.Interface)!.Name}";
}
