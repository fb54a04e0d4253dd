using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// A core router: a link to every distribution switch and to every other core router; a summary route for each side of each pod.
/// </summary>
internal static class GeneratedCore
{
    private const int FirstDown = 10, FirstAcross = 2000;

    public static GeneratedDevice Build(GeneratedPlan plan, int core)
    {
        var device = new GeneratedDevice { Number = core, Name = GeneratedPlan.CoreName(core),
            Management = GeneratedPlan.CoreLoopback(core), Description = "Towpath generated core router", Forwards = true };
        device.AddRouted(new GeneratedInterface(1, "Loopback0", "Lo0", GeneratedInterface.Loopback, default) { Address = device.Management,
            Length = 32 });
        AddOtherCores(device, plan, core);
        foreach (DistributionPlace below in plan.AllDistribution)
        {
            int index = DownIndex(below);
            int number = plan.NumberOf(below);
            Ipv4Address next = GeneratedPlan.DistributionEnd(below, core);
            device.AddRouted(new GeneratedInterface(index, DownName(below), DownShort(below), GeneratedInterface.Ethernet,
                GeneratedPlan.Mac(core, index))
            {
                Address = GeneratedPlan.CoreEnd(below, core),
                Length = 31,
                Neighbor = new GeneratedNeighbor(number, GeneratedPlan.NameOf(below), GeneratedPlan.Loopback(below),
                    GeneratedDistribution.UpName(core), GeneratedDistribution.UpShort(core), Routes: true, ByCdp: false),
            });
            device.AddOspf(GeneratedPlan.Summary(below), 20, [(next, index)]);
            device.Arp.Add((index, next, GeneratedPlan.Mac(number, GeneratedDistribution.UpIndex(core))));
        }
        return device;
    }

    public static int DownIndex(DistributionPlace place) => FirstDown + 2 * place.Pod + place.Side;

    public static string DownName(DistributionPlace place) => $"HundredGigE0/{place.Pod}/{place.Side}";

    public static string DownShort(DistributionPlace place) => $"Hu0/{place.Pod}/{place.Side}";

    /// <summary>Every /31 between two core routers.</summary>
    public static IEnumerable<(Prefix Prefix, int One, int Other)> Links(GeneratedPlan plan) =>
        from one in Enumerable.Range(0, plan.CoreCount)
        from other in Enumerable.Range(one + 1, plan.CoreCount - one - 1)
        select (new Prefix(GeneratedPlan.CoreLink(one, other), 31), one, other);

    private static void AddOtherCores(GeneratedDevice device, GeneratedPlan plan, int core)
    {
        foreach (int other in Enumerable.Range(0, plan.CoreCount).Where(other => other != core))
        {
            Ipv4Address next = GeneratedPlan.CoreLink(other, core);
            device.AddRouted(new GeneratedInterface(AcrossIndex(other), AcrossName(other), AcrossShort(other), GeneratedInterface.Ethernet,
                GeneratedPlan.Mac(core, AcrossIndex(other)))
            {
                Address = GeneratedPlan.CoreLink(core, other),
                Length = 31,
                Neighbor = new GeneratedNeighbor(other, GeneratedPlan.CoreName(other), GeneratedPlan.CoreLoopback(other), AcrossName(core),
                    AcrossShort(core), Routes: true, ByCdp: false),
            });
            device.AddOspf(new Prefix(GeneratedPlan.CoreLoopback(other), 32), 2, [(next, AcrossIndex(other))]);
            device.Arp.Add((AcrossIndex(other), next, GeneratedPlan.Mac(other, AcrossIndex(core))));
        }
        foreach ((Prefix prefix, int one, int other) in Links(plan).Where(link => link.One != core && link.Other != core))
            device.AddOspf(prefix, 2,
                [(GeneratedPlan.CoreLink(one, core), AcrossIndex(one)), (GeneratedPlan.CoreLink(other, core), AcrossIndex(other))]);
    }

    private static int AcrossIndex(int other) => FirstAcross + other;

    private static string AcrossName(int other) => $"HundredGigE1/0/{other}";

    private static string AcrossShort(int other) => $"Hu1/0/{other}";
}
