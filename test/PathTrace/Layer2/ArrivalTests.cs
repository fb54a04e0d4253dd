using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// The VLAN that a port puts a frame in (IEEE 802.1Q): a tagged frame in that of its tag, where the port carries it; an untagged one in the
/// port's own. Frames of VLAN 10 go from sw1 to sw2.
/// <code>  h1 -Gi1-sw1-Up---Up-sw2-Gi2- h3</code>
/// </summary>
public sealed class ArrivalTests
{
    [Theory]
    [InlineData("tagged", "10 20 tagged", "10")]
    [InlineData("tagged", "20 tagged", "dropped")]
    [InlineData("tagged", "10 untagged", "10")]
    [InlineData("tagged", "30 untagged", "dropped")] // an access port takes no tag of another VLAN
    [InlineData("tagged", "30 untagged, 10 tagged", "10")]
    [InlineData("tagged", "30 untagged, 20 tagged", "dropped")]
    [InlineData("tagged", "not told", "10")]
    [InlineData("untagged", "10 20 tagged", "dropped")] // the trunk has no VLAN for frames without a tag
    [InlineData("untagged", "30 untagged", "30")]
    [InlineData("untagged", "30 untagged, 10 tagged", "30")]
    [InlineData("untagged", "not told", "0")] // what its VLAN is there, nobody tells
    [InlineData("not told", "10 20 tagged", "10")]
    [InlineData("not told", "20 tagged", "dropped")]
    [InlineData("not told", "30 untagged", "30")] // it can only have come without a tag
    [InlineData("not told", "30 untagged, 20 tagged", "dropped")]
    [InlineData("not told", "not told", "10")]
    public void What_the_sender_does_and_the_VLANs_of_the_receiving_port_decide(string sends, string takes, string vlan)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", H1, M1)
            .Arp("Vlan10", H3, M3).Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        DeviceBuilder sw2 = network.Device("sw2", "192.0.2.3").Fdb(0, M3, "Gi2"); // in whatever VLAN
        network.Cable("sw1:Up", "sw2:Up");
        Is(sw1, sends == "not told" ? sends : $"10 {sends}");
        Is(sw2, takes);
        Trace trace = network.Trace(H1, H3);
        if (vlan == "dropped")
        {
            Assert.Equal(new Ending.Blocked(sw2.Build().Id, "VLAN 10 is not carried on Up of sw2."), trace.Ending);
            return;
        }
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.Equal(vlan, trace.ShownNodes.Single(node => node.Name == "sw2").Ingress!.Vlan.ToString());
    }

    /// <summary>The number of a subinterface is no tag where nothing tells it, and the tag of the frame is what it is.</summary>
    [Theory]
    [InlineData("10 tagged", "10")]
    [InlineData("10 untagged", "0")]
    public void A_router_takes_a_frame_in_the_VLAN_of_its_tag_also_where_it_tells_no_subinterfaces_tag(string sends, string vlan)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Fdb(10, M1, "Gi1");
        DeviceBuilder r1 = network.Device("r1", "192.0.2.1").Address("Gi0.1", "192.0.2.1/24").Arp("Gi0.1", H1, M1)
            .Address("Gi1", "198.51.100.1/24").Arp("Gi1", "198.51.100.9", M3);
        network.Cable("sw1:Up", "r1:Gi0");
        Is(sw1, sends);
        sw1.Fdb(10, r1.MacOf("Gi0.1"), "Up");
        Trace trace = network.Trace(H1, "198.51.100.9");
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.Equal(vlan, trace.ShownNodes.Single(node => node.Name == "r1").Ingress!.Vlan.ToString());
    }

    private static void Is(DeviceBuilder device, string port)
    {
        if (port == "not told") return;
        int untagged = 0;
        int[] tagged = [];
        foreach (string part in port.Split(", "))
        {
            int[] vlans = [.. part.Split(' ').SkipLast(1).Select(int.Parse)];
            if (part.EndsWith("untagged", StringComparison.Ordinal)) untagged = vlans[0];
            else tagged = vlans;
        }
        device.Native("Up", untagged, tagged);
    }
}
