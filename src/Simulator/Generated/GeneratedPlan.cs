using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// An access switch: its pod, and its number there from 0. Even ones hang on the pod's first distribution switch, odd ones on the second.
/// </summary>
internal readonly record struct AccessPlace(int Pod, int Number)
{
    public int Side => Number % 2;

    /// <summary>Its number among those of its side.</summary>
    public int Slot => Number / 2;

    /// <summary>The VLAN of its hosts.</summary>
    public int Vlan => 100 + Slot;
}

/// <summary>A distribution switch: its pod, and which of the two.</summary>
internal readonly record struct DistributionPlace(int Pod, int Side);

/// <summary>
/// Numbers and addresses of a generated network, by arithmetic. Side s of pod p has 10.(p+1).(128 s).0/17: behind the highest 17 bits first
/// a /24 for the hosts of each access switch, then .120.0/24 for the management of those, .125 to the other side, .126 to the core routers,
/// .127.1 itself. The core has 10.0.0.0/16.
/// </summary>
internal sealed class GeneratedPlan
{
    public const int ManagementVlan = 10;
    private const int SmallNetwork = 200;
    private readonly int _podSize;
    private readonly ulong _seed;

    public GeneratedPlan(int devices, ulong seed)
    {
        (Devices, _seed) = (devices, seed);
        CoreCount = devices <= SmallNetwork ? 2 : 4;
        _podSize = devices <= SmallNetwork ? 10 : 50;
        PodCount = (devices - CoreCount + _podSize - 1) / _podSize;
    }

    public int Devices { get; }

    public int CoreCount { get; }

    public int PodCount { get; }

    public IEnumerable<DistributionPlace> AllDistribution => Enumerable.Range(0, PodCount).SelectMany(Distribution);

    public IEnumerable<AccessPlace> AllAccess => Enumerable.Range(0, PodCount).SelectMany(Access);

    /// <summary>The last pod may be smaller than the others.</summary>
    public IEnumerable<DistributionPlace> Distribution(int pod) =>
        Enumerable.Range(0, Math.Min(2, SizeOf(pod))).Select(side => new DistributionPlace(pod, side));

    public IEnumerable<AccessPlace> Access(int pod) =>
        Enumerable.Range(0, Math.Max(0, SizeOf(pod) - 2)).Select(number => new AccessPlace(pod, number));

    public IEnumerable<AccessPlace> Access(DistributionPlace above) => Access(above.Pod).Where(access => access.Side == above.Side);

    public bool HasBothSides(int pod) => SizeOf(pod) > 1;

    /// <summary>The device's number, from 0: core routers, then pod by pod its distribution and its access switches.</summary>
    public int NumberOf(DistributionPlace place) => CoreCount + place.Pod * _podSize + place.Side;

    /// <inheritdoc cref="NumberOf(DistributionPlace)"/>
    public int NumberOf(AccessPlace place) => CoreCount + place.Pod * _podSize + 2 + place.Number;

    public GeneratedDevice Device(int number)
    {
        if (number < CoreCount) return GeneratedCore.Build(this, number);
        (int pod, int inPod) = Math.DivRem(number - CoreCount, _podSize);
        return inPod < 2 ? GeneratedDistribution.Build(this, new DistributionPlace(pod, inPod))
            : GeneratedAccess.Build(this, new AccessPlace(pod, inPod - 2));
    }

    public (string Name, Ipv4Address Management) Identity(int number)
    {
        if (number < CoreCount) return (CoreName(number), CoreLoopback(number));
        (int pod, int inPod) = Math.DivRem(number - CoreCount, _podSize);
        if (inPod < 2) return (NameOf(new DistributionPlace(pod, inPod)), Loopback(new DistributionPlace(pod, inPod)));
        return (NameOf(new AccessPlace(pod, inPod - 2)), Management(new AccessPlace(pod, inPod - 2)));
    }

    public static string CoreName(int core) => $"core-{core + 1}";

    public static string NameOf(DistributionPlace place) => $"dist-{place.Pod + 1}-{place.Side + 1}";

    public static string NameOf(AccessPlace place) => $"access-{place.Pod + 1}-{place.Number + 1}";

    public static Ipv4Address CoreLoopback(int core) => Octets(0, 0, 10 + core);

    /// <summary>The address at <paramref name="at"/> in the /31 between two core routers.</summary>
    public static Ipv4Address CoreLink(int at, int other) =>
        Octets(0, 1, 2 * (Math.Min(at, other) * 4 + Math.Max(at, other)) + (at < other ? 0 : 1));

    /// <summary>All that is behind one distribution switch.</summary>
    public static Prefix Summary(DistributionPlace place) => new(InSide(place, 0, 0), 17);

    public static Ipv4Address Loopback(DistributionPlace place) => InSide(place, 127, 1);

    /// <summary>The core's address in the /31 to a core router; the distribution switch has the next one.</summary>
    public static Ipv4Address CoreEnd(DistributionPlace place, int core) => InSide(place, 126, 2 * core);

    public static Ipv4Address DistributionEnd(DistributionPlace place, int core) => InSide(place, 126, 2 * core + 1);

    /// <summary>The address in the /31 between the two distribution switches of a pod.</summary>
    public static Ipv4Address SideLink(DistributionPlace place) => InSide(place with { Side = 0 }, 125, place.Side);

    public static Ipv4Address ManagementGateway(DistributionPlace place) => InSide(place, 120, 1);

    public static Ipv4Address Management(AccessPlace place) => InSide(Above(place), 120, 10 + place.Slot);

    public static Ipv4Address Gateway(AccessPlace place) => InSide(Above(place), place.Slot, 1);

    public static DistributionPlace Above(AccessPlace place) => new(place.Pod, place.Side);

    /// <summary>8 to 40.</summary>
    public int HostCount(AccessPlace place) => 8 + (int)(Draw(NumberOf(place), 1) % 33);

    /// <param name="number">From 1; also the port it is on.</param>
    public Ipv4Address HostAddress(AccessPlace place, int number) =>
        InSide(Above(place), place.Slot, 19 + number + (int)(Draw(NumberOf(place), 2) % 100));

    public MacAddress HostMac(AccessPlace place, int number) =>
        MacAddress.FromBits(0x0220_0000_0000 | (ulong)NumberOf(place) << 16 | (uint)number);

    /// <summary>Access switches of some pods speak CDP, of the others LLDP.</summary>
    public bool SpeaksCdp(int pod) => Draw(pod, 3) % 2 == 1;

    /// <summary>Every interface has its own; interface 0 stands for the chassis.</summary>
    public static MacAddress Mac(int device, int ifIndex) => MacAddress.FromBits(0x0210_0000_0000 | (ulong)device << 16 | (uint)ifIndex);

    private int SizeOf(int pod) => Math.Min(_podSize, Devices - CoreCount - pod * _podSize);

    private static Ipv4Address InSide(DistributionPlace place, int third, int fourth) =>
        Octets(place.Pod + 1, place.Side * 128 + third, fourth);

    private static Ipv4Address Octets(int second, int third, int fourth) =>
        new(10u << 24 | (uint)second << 16 | (uint)third << 8 | (uint)fourth);

    /// <summary>A number that depends on the seed and looks like chance (the finalizer of SplitMix64).</summary>
    private ulong Draw(int what, int purpose)
    {
        ulong bits = _seed + 0x9e3779b97f4a7c15 * ((ulong)what * 4 + (ulong)purpose + 1);
        bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ bits >> 27) * 0x94d049bb133111eb;
        return bits ^ bits >> 31;
    }
}
