using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// A distribution switch: routes for the VLANs of its access switches, reaches every other summary over all core routers alike, and
/// announces its own, where it drops what it has no VLAN for.
/// </summary>
internal static class GeneratedDistribution
{
    private const int FirstUp = 10, Across = 20, FirstDown = 100, FirstSvi = 1000;
    private static readonly Prefix s_default = new(default, 0);

    public static GeneratedDevice Build(GeneratedPlan plan, DistributionPlace place)
    {
        int number = plan.NumberOf(place);
        var device = new GeneratedDevice { Number = number, Name = GeneratedPlan.NameOf(place), Management = GeneratedPlan.Loopback(place),
            Description = "Towpath generated distribution switch", Forwards = true };
        device.AddRouted(new GeneratedInterface(1, "Loopback0", "Lo0", GeneratedInterface.Loopback, default) { Address = device.Management,
            Length = 32 });
        AddUp(device, plan, place);
        AddAcross(device, plan, place);
        AddRoutes(device, plan, place);
        AddSvi(device, GeneratedPlan.ManagementVlan, GeneratedPlan.ManagementGateway(place));
        foreach (AccessPlace below in plan.Access(place)) AddDown(device, plan, below);
        return device;
    }

    public static int UpIndex(int core) => FirstUp + core;

    public static string UpName(int core) => $"HundredGigE1/1/{core}";

    public static string UpShort(int core) => $"Hu1/1/{core}";

    public static string DownName(AccessPlace place) => $"TenGigabitEthernet1/0/{place.Slot + 1}";

    public static string DownShort(AccessPlace place) => $"Te1/0/{place.Slot + 1}";

    /// <summary>The MAC address of the interface that routes for a VLAN.</summary>
    public static MacAddress SviMac(GeneratedPlan plan, DistributionPlace place, int vlan) =>
        GeneratedPlan.Mac(plan.NumberOf(place), FirstSvi + vlan);

    private static void AddUp(GeneratedDevice device, GeneratedPlan plan, DistributionPlace place)
    {
        for (int core = 0; core < plan.CoreCount; core++)
        {
            device.AddRouted(new GeneratedInterface(UpIndex(core), UpName(core), UpShort(core), GeneratedInterface.Ethernet,
                GeneratedPlan.Mac(device.Number, UpIndex(core)))
            {
                Address = GeneratedPlan.DistributionEnd(place, core),
                Length = 31,
                Neighbor = new GeneratedNeighbor(core, GeneratedPlan.CoreName(core), GeneratedPlan.CoreLoopback(core),
                    GeneratedCore.DownName(place), GeneratedCore.DownShort(place), Routes: true, ByCdp: false),
            });
            device.Arp.Add((UpIndex(core), GeneratedPlan.CoreEnd(place, core), GeneratedPlan.Mac(core, GeneratedCore.DownIndex(place))));
        }
    }

    private static void AddAcross(GeneratedDevice device, GeneratedPlan plan, DistributionPlace place)
    {
        if (!plan.HasBothSides(place.Pod)) return;
        DistributionPlace other = place with { Side = 1 - place.Side };
        device.AddRouted(new GeneratedInterface(Across, "HundredGigE1/1/8", "Hu1/1/8", GeneratedInterface.Ethernet,
            GeneratedPlan.Mac(device.Number, Across))
        {
            Address = GeneratedPlan.SideLink(place),
            Length = 31,
            Neighbor = new GeneratedNeighbor(plan.NumberOf(other), GeneratedPlan.NameOf(other), GeneratedPlan.Loopback(other),
                "HundredGigE1/1/8", "Hu1/1/8", Routes: true, ByCdp: false),
        });
        device.AddOspf(GeneratedPlan.Summary(other), 10, [(GeneratedPlan.SideLink(other), Across)]);
        device.Arp.Add((Across, GeneratedPlan.SideLink(other), GeneratedPlan.Mac(plan.NumberOf(other), Across)));
    }

    private static void AddRoutes(GeneratedDevice device, GeneratedPlan plan, DistributionPlace place)
    {
        (Ipv4Address Via, int IfIndex)[] cores =
            [.. Enumerable.Range(0, plan.CoreCount).Select(core => (GeneratedPlan.CoreEnd(place, core), UpIndex(core)))];
        device.AddOspf(s_default, 1, cores);
        device.Routes.Add(new GeneratedRoute(GeneratedPlan.Summary(place), default, 0, RouteKind.Blackhole, RouteProtocol.Ospf, 0));
        for (int core = 0; core < plan.CoreCount; core++)
            device.AddOspf(new Prefix(GeneratedPlan.CoreLoopback(core), 32), 2, [cores[core]]);
        foreach ((Prefix prefix, int one, int other) in GeneratedCore.Links(plan)) device.AddOspf(prefix, 2, [cores[one], cores[other]]);
        foreach (DistributionPlace far in plan.AllDistribution.Where(far => far.Pod != place.Pod))
            device.AddOspf(GeneratedPlan.Summary(far), 21, cores);
    }

    private static void AddDown(GeneratedDevice device, GeneratedPlan plan, AccessPlace below)
    {
        int index = FirstDown + below.Slot;
        device.Interfaces.Add(new GeneratedInterface(index, DownName(below), DownShort(below), GeneratedInterface.Ethernet,
            GeneratedPlan.Mac(device.Number, index))
        {
            Trunk = [GeneratedPlan.ManagementVlan, below.Vlan],
            Neighbor = new GeneratedNeighbor(plan.NumberOf(below), GeneratedPlan.NameOf(below), GeneratedPlan.Management(below),
                GeneratedAccess.UpName, GeneratedAccess.UpShort, Routes: false, plan.SpeaksCdp(below.Pod)),
        });
        AddSvi(device, below.Vlan, GeneratedPlan.Gateway(below));
        for (int host = 1; host <= plan.HostCount(below); host++)
        {
            device.Arp.Add((FirstSvi + below.Vlan, plan.HostAddress(below, host), plan.HostMac(below, host)));
            device.Fdb.Add((below.Vlan, plan.HostMac(below, host), index));
        }
        MacAddress own = GeneratedAccess.SviMac(plan, below);
        device.Arp.Add((FirstSvi + GeneratedPlan.ManagementVlan, GeneratedPlan.Management(below), own));
        device.Fdb.Add((GeneratedPlan.ManagementVlan, own, index));
    }

    private static void AddSvi(GeneratedDevice device, int vlan, Ipv4Address address) =>
        device.AddRouted(new GeneratedInterface(FirstSvi + vlan, $"Vlan{vlan}", $"Vl{vlan}", GeneratedInterface.Svi,
            GeneratedPlan.Mac(device.Number, FirstSvi + vlan)) { Address = address, Length = 24 });
}
