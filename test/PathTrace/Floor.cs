using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Two access switches on one switch that routes: h1 (VLAN 10) and h4 (VLAN 10) on sw1, h2 (VLAN 20) and h3 (VLAN 10) on sw2.
/// <code>
///   h1 -Gi1-+        +-Gi1-- h2
///   h4 -Gi2-sw1-Up===dist===Up-sw2-Gi2-- h3
/// </code>
/// </summary>
internal sealed class Floor
{
    public const string H1 = "192.0.2.10", H2 = "198.51.100.20", H3 = "192.0.2.30", H4 = "192.0.2.40";
    public static readonly MacAddress M1 = Mac(1), M2 = Mac(2), M3 = Mac(3), M4 = Mac(4);

    public NetworkBuilder Network { get; } = new();
    public DeviceBuilder Sw1 { get; }
    public DeviceBuilder Sw2 { get; }
    public DeviceBuilder Dist { get; }

    /// <param name="learned">False leaves all forwarding databases to the test.</param>
    public Floor(bool learned = true, bool cabled = true)
    {
        Sw1 = Network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Access("Gi2", 10).Trunk("Up", 10, 20);
        Sw2 = Network.Device("sw2", "192.0.2.3").Access("Gi1", 20).Access("Gi2", 10).Trunk("Up", 10, 20);
        Dist = Network.Device("dist", "192.0.2.1").Trunk("Gi1", 10, 20).Trunk("Gi2", 10, 20).Address("Vlan10", "192.0.2.1/24")
            .Address("Vlan20", "198.51.100.1/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan20", H2, M2).Arp("Vlan10", H3, M3).Arp("Vlan10", H4, M4);
        if (cabled)
        {
            Network.Cable("sw1:Up", "dist:Gi1");
            Network.Cable("sw2:Up", "dist:Gi2");
        }
        if (!learned) return;
        Sw1.Fdb(10, M1, "Gi1").Fdb(10, M4, "Gi2").Fdb(10, M3, "Up").Fdb(10, Dist.MacOf("Vlan10"), "Up");
        Sw2.Fdb(20, M2, "Gi1").Fdb(10, M3, "Gi2").Fdb(10, M1, "Up").Fdb(20, Dist.MacOf("Vlan20"), "Up");
        Dist.Fdb(10, M1, "Gi1").Fdb(10, M4, "Gi1").Fdb(20, M2, "Gi2").Fdb(10, M3, "Gi2");
    }
}
