using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>An access switch: 48 ports of which the first ones have a host, one uplink, an address for its management.</summary>
internal static class GeneratedAccess
{
    public const string UpName = "TenGigabitEthernet1/1/1";
    public const string UpShort = "Te1/1/1";
    private const int Ports = 48, Up = 49, Svi = 1000;

    public static GeneratedDevice Build(GeneratedPlan plan, AccessPlace place)
    {
        DistributionPlace above = GeneratedPlan.Above(place);
        var device = new GeneratedDevice { Number = plan.NumberOf(place), Name = GeneratedPlan.NameOf(place),
            Management = GeneratedPlan.Management(place), Description = "Towpath generated access switch" };
        int hosts = plan.HostCount(place);
        for (int port = 1; port <= Ports; port++)
        {
            device.Interfaces.Add(new GeneratedInterface(port, $"GigabitEthernet1/0/{port}", $"Gi1/0/{port}", GeneratedInterface.Ethernet,
                GeneratedPlan.Mac(device.Number, port))
            {
                Vlan = place.Vlan,
                Up = port <= hosts,
                Megabits = 1000,
            });
            if (port <= hosts) device.Fdb.Add((place.Vlan, plan.HostMac(place, port), port));
        }
        device.Interfaces.Add(new GeneratedInterface(Up, UpName, UpShort, GeneratedInterface.Ethernet, GeneratedPlan.Mac(device.Number, Up))
        {
            Trunk = [GeneratedPlan.ManagementVlan, place.Vlan],
            Neighbor = new GeneratedNeighbor(plan.NumberOf(above), GeneratedPlan.NameOf(above), GeneratedPlan.Loopback(above),
                GeneratedDistribution.DownName(place), GeneratedDistribution.DownShort(place), Routes: true, plan.SpeaksCdp(place.Pod)),
        });
        foreach (int vlan in (int[])[GeneratedPlan.ManagementVlan, place.Vlan])
            device.Fdb.Add((vlan, GeneratedDistribution.SviMac(plan, above, vlan), Up));
        device.Interfaces.Add(new GeneratedInterface(Svi + GeneratedPlan.ManagementVlan, $"Vlan{GeneratedPlan.ManagementVlan}",
            $"Vl{GeneratedPlan.ManagementVlan}", GeneratedInterface.Svi, SviMac(plan, place))
        {
            Address = device.Management,
            Length = 24,
        });
        device.Arp.Add((Svi + GeneratedPlan.ManagementVlan, GeneratedPlan.ManagementGateway(above),
            GeneratedDistribution.SviMac(plan, above, GeneratedPlan.ManagementVlan)));
        return device;
    }

    public static MacAddress SviMac(GeneratedPlan plan, AccessPlace place) =>
        GeneratedPlan.Mac(plan.NumberOf(place), Svi + GeneratedPlan.ManagementVlan);
}
