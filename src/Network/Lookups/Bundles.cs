using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Towpath.Network;

/// <summary>
/// Bundles of links (port channels, IEEE 802.1AX) and their member ports. The tables of LACP and PAgP name the ports that carry a bundle's
/// frames; where they are silent, ifStackTable names the ports below it, and those that are up carry. Where no table tells, what is heard
/// and learned does.
/// </summary>
public sealed partial class Bundles
{
    private const int Ethernet = 6, Lag = 161;
    private readonly Dictionary<IfIndex, Bundle> _bundles = [];
    private readonly Dictionary<IfIndex, IfIndex> _bundleOf = [];

    internal Bundles(DeviceSnapshot snapshot, Dictionary<IfIndex, Interface> interfaces)
    {
        if (snapshot.BundleMembers.IsEmpty && snapshot.InterfaceStack.IsEmpty && snapshot.Fdb.IsEmpty) return;
        foreach (var bundle in BundleMember.Layout.ByPrecedence(snapshot).GroupBy(member => member.Bundle))
            Add(bundle.Key, bundle.Select(member => member.Port), bundle.First().Source);

        var stacked = snapshot.InterfaceStack.Where(row => CanBe(row.Higher) && interfaces.GetValueOrDefault(row.Lower)?.Type == Ethernet);
        foreach (var stack in stacked.GroupBy(row => row.Higher))
        {
            if (!_bundles.ContainsKey(stack.Key)) Add(stack.Key, stack.Select(row => row.Lower), InterfaceStackEntry.IfStackTable);
            foreach (InterfaceStackEntry row in stack) _bundleOf.TryAdd(row.Lower, stack.Key); // configured, though perhaps not carrying
        }

        bool IsTold(IfIndex port) => _bundles.ContainsKey(port) || _bundleOf.ContainsKey(port);
        foreach ((IfIndex bundle, IfIndex[] members) in UntoldBundles.Find(snapshot, IsTold))
            Add(bundle, members, LldpNeighbor.LldpRemTable);

        void Add(IfIndex bundle, IEnumerable<IfIndex> members, FactSource source)
        {
            IfIndex[] all = [.. members.Distinct().Order()];
            IfIndex[] up = [.. all.Where(member => interfaces.GetValueOrDefault(member) is not { OperUp: false })];
            _bundles.Add(bundle, new Bundle([.. up.Length > 0 ? up : all], source));
            foreach (IfIndex member in all) _bundleOf.TryAdd(member, bundle);
        }

        bool CanBe(IfIndex higher) => _bundles.ContainsKey(higher)
            || interfaces.GetValueOrDefault(higher) is { } i && IsBundle(i);
    }

    /// <summary>By its type, or by its name: ifType does not tell on Cisco IOS (propVirtual) and Linux (ethernetCsmacd).</summary>
    public static bool IsBundle(Interface port) =>
        port.Type == Lag || BundleName().IsMatch(port.Name) || BundleName().IsMatch(port.ShortName);

    /// <summary>The bundle that a port is a member of; else the port itself.</summary>
    public IfIndex LogicalPort(IfIndex port) => _bundleOf.TryGetValue(port, out IfIndex bundle) ? bundle : port;

    /// <summary>The members that carry frames, ascending; null when the port is no bundle, or its members are not known.</summary>
    public Bundle? Of(IfIndex port) => _bundles.TryGetValue(port, out Bundle? found) ? found : null;

    /// <summary>The member carries frames of its bundle; true for a port that is no member.</summary>
    public bool Carries(IfIndex port) => !_bundleOf.TryGetValue(port, out IfIndex bundle) || _bundles[bundle].Members.Contains(port);

    [GeneratedRegex(@"^(port-?channel|po|bundle-ether|eth-trunk|bridge-aggregation|route-aggregation|ae|bond|lag|trk)[\d/]+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BundleName();
}

/// <param name="Members">The members that carry frames, ascending; never empty.</param>
/// <param name="Source">The table that names them.</param>
public sealed record Bundle(ImmutableArray<IfIndex> Members, FactSource Source);
