using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// A router on a trunk whose subinterfaces are called .1 and .2 and tell no tag. A telephone in VLAN 20 bridges for the computer behind it
/// in VLAN 10, and its switch has learned it in both.
/// </summary>
public sealed class SubinterfaceTagTests
{
    private const string Computer = "10.2.10.100", Telephone = "10.2.20.100", Colleague = "10.2.20.110";
    private readonly NetworkBuilder _network = new();
    private readonly DeviceBuilder _switch, _router;

    public SubinterfaceTagTests()
    {
        _switch = _network.Device("sw", "10.2.10.2").Native("Gi1", 10, 20).Access("Gi2", 20).Trunk("Up", 10, 20);
        _router = _network.Device("rt", "10.2.10.1").Address("Gi0.1", "10.2.10.1/24").Address("Gi0.2", "10.2.20.1/24")
            .Arp("Gi0.1", Computer, Mac(1)).Arp("Gi0.2", Telephone, Mac(2));
        _router.Port("Gi0");
        foreach (string port in new[] { "Gi0.1", "Gi0.2" }) _router.Shared(port, _router.MacOf("Gi0"));
        _switch.Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(2), "Gi1").Fdb(20, Mac(2), "Gi1")
            .Fdb(10, _router.MacOf("Gi0"), "Up").Fdb(20, _router.MacOf("Gi0"), "Up");
        _network.Cable("sw:Up", "rt:Gi0");
    }

    [Theory]
    [InlineData(true)] // the colleague is in VLAN 20 alone
    [InlineData(false)] // VLAN 10 is the computer's subinterface
    public void A_telephone_that_was_learned_in_two_VLANs_is_in_that_of_its_subnet(bool withColleague)
    {
        if (withColleague)
        {
            _router.Arp("Gi0.2", Colleague, Mac(3));
            _switch.Fdb(20, Mac(3), "Gi2");
        }
        Assert.Equal("10 10 10 20 20 20", Vlans(_network.Trace(Computer, Telephone)));
        Assert.Equal("20 20 20 10 10 10", Vlans(_network.Trace(Telephone, Computer)));
        Assert.Equal(new VlanId(20), _network.Build().HostAt(Ipv4Address.Parse(Telephone))!.Vlan);
    }

    /// <summary>Nothing is left to choose by, and the number is carried nowhere.</summary>
    [Fact]
    public void Stations_that_were_all_learned_in_both_VLANs_tell_no_tag()
    {
        _switch.Fdb(20, Mac(1), "Gi1");
        Assert.IsType<Ending.Unknown>(_network.Trace(Computer, Telephone).Ending);
    }

    /// <summary>Each is compared with the others once: comparing each with each would take hours.</summary>
    [Fact]
    public void Fifty_thousand_stations_in_both_VLANs_are_looked_at_once()
    {
        for (int station = 0; station < 50_000; station++)
        {
            _router.Arp("Gi0.2", $"{new Ipv4Address(10u << 24 | 3 << 16 | (uint)station)}", Guest(station));
            _switch.Fdb(10, Guest(station), "Gi2").Fdb(20, Guest(station), "Gi2");
        }
        NetworkSnapshot network = _network.Build(); // finds all hosts
        NetworkDevice router = network.Devices.Single(device => device.Name == "rt");
        IfIndex subinterface = router.Snapshot.Addresses.Single(own => $"{own.Address}" == "10.2.20.1").Interface;
        Assert.Equal(new VlanId(20), network.TagOf(router.Id, subinterface, Mac(2)));
    }

    private static MacAddress Guest(int number) =>
        MacAddress.Parse($"02:00:00:{number >> 16:x2}:{number >> 8 & 0xff:x2}:{number & 0xff:x2}");

    /// <summary>Of each step into or out of a managed port.</summary>
    private static string Vlans(Trace trace)
    {
        Assert.IsType<Ending.Delivered>(trace.Ending);
        return string.Join(' ', trace.Shown.Select(step => trace.Edges[step]).Where(step => step.Egress is not null)
            .SelectMany(step => new[] { trace.Nodes[step.From].Ingress?.Vlan, step.Egress!.Vlan })
            .Where(vlan => vlan is { IsNone: false }));
    }
}
