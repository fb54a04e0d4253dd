namespace Towpath.Network;

/// <summary>
/// Bundles that no table tells the members of. A bridge learns addresses on the bundle and nothing on its members, which hear one and the
/// same neighbor. The bundle is the one on which the neighbor's chassis id was learned; else the only one, where there is only one such
/// neighbor.
/// </summary>
internal static class UntoldBundles
{
    /// <param name="isTold">The port is a bundle or a member by some table.</param>
    public static IEnumerable<(IfIndex Bundle, IfIndex[] Members)> Find(DeviceSnapshot snapshot, Predicate<IfIndex> isTold)
    {
        var heard = snapshot.LldpNeighbors.Where(neighbor => !neighbor.LocalPort.IsNone && !isTold(neighbor.LocalPort))
            .GroupBy(neighbor => neighbor.ChassisId, neighbor => neighbor.LocalPort)
            .Where(same => same.Distinct().Skip(1).Any()).ToList();
        if (heard.Count == 0) yield break;
        HashSet<IfIndex> untold = [.. snapshot.Interfaces.Where(i => !isTold(i.Index) && Bundles.IsBundle(i)).Select(i => i.Index)];
        if (untold.Count == 0) yield break;

        ILookup<IfIndex, MacAddress> learned = snapshot.Fdb.Where(row => row.Status == FdbStatus.Learned)
            .ToLookup(row => row.Interface, row => row.Mac);
        heard.RemoveAll(same => same.Any(port => untold.Contains(port) || learned.Contains(port)));
        untold.RemoveWhere(bundle => !learned.Contains(bundle));
        bool isOnly = untold.Count == 1 && heard.Count == 1;
        foreach (IGrouping<ChassisId, IfIndex> same in heard)
        {
            _ = MacAddress.TryParse(same.Key.Text, null, out MacAddress chassis);
            IfIndex bundle = untold.FirstOrDefault(candidate => isOnly || chassis != default && learned[candidate].Contains(chassis));
            if (!bundle.IsNone && untold.Remove(bundle)) yield return (bundle, [.. same.Distinct().Order()]);
        }
    }
}
