namespace Towpath.Network;

/// <summary>Joins ports: by announcements at both ends, at one end, else by subnets of two, else by what bridges have learned.</summary>
internal static class LinkFinder
{
    public static List<Link> Find(IReadOnlyList<NetworkDevice> devices, LearnedDevices learned, Announcements announcements)
    {
        var links = new Dictionary<(Port, Port), Link>();
        foreach (var pair in announcements.OfDevices.GroupBy(said => Ordered(said.Near.Device, said.Far.Device)))
            foreach (Link link in OfPair([.. pair.Distinct()])) AddBest(link);

        // Ports that announce somebody are spoken for; the rest may be joined by weaker evidence.
        var bundles = devices.ToDictionary(device => device.Id, device => device.Tables.Bundles);
        var taken = WithBundles(links.Keys.SelectMany(ends => new[] { ends.Item1, ends.Item2 })
            .Concat(announcements.Unmanaged.Where(neighbor => neighbor.Forwards).Select(neighbor => neighbor.At))
            .Concat(announcements.OfAccessPoints.Select(said => said.At))).ToHashSet();
        foreach (Link link in FdbLinks.Find(devices, learned, taken)) AddBest(link);
        taken.UnionWith(WithBundles(links.Keys.SelectMany(ends => new[] { ends.Item1, ends.Item2 })));
        foreach (Link link in SubnetLinks.Find(devices, taken)) AddBest(link);
        return [.. links.Values.OrderBy(link => link.A).ThenBy(link => link.B)];

        IEnumerable<Port> WithBundles(IEnumerable<Port> ports) =>
            ports.SelectMany(port => new[] { port, port with { Interface = bundles[port.Device].LogicalPort(port.Interface) } });

        void AddBest(Link link)
        {
            if (!links.TryGetValue((link.A, link.B), out Link? known) || link.Evidence < known.Evidence) links[(link.A, link.B)] = link;
        }
    }

    /// <summary>Orders the ends and makes the link.</summary>
    public static Link Between(Port x, Port y, LinkEvidence evidence, FactSource source) =>
        x.Device.CompareTo(y.Device) <= 0 ? new(x, y, evidence, source) : new(y, x, evidence, source);

    private static (DeviceId, DeviceId) Ordered(DeviceId x, DeviceId y) => x.CompareTo(y) <= 0 ? (x, y) : (y, x);

    /// <summary>
    /// All announcements between two devices. One whose far port is not resolved is completed by the other side's, where only one fits.
    /// </summary>
    private static IEnumerable<Link> OfPair(Announcements.Known[] said)
    {
        foreach (Announcements.Known one in said)
        {
            Announcements.Known[] answers = [.. said.Where(other => other.Near.Device == one.Far.Device
                && (one.Far.Interface.IsNone || other.Near == one.Far) && (other.Far.Interface.IsNone || other.Far == one.Near))];
            Port[] farPorts = [.. answers.Select(answer => answer.Near).Distinct()];
            if (farPorts.Length == 1) yield return Between(one.Near, farPorts[0], LinkEvidence.BothSides, one.Source);
            else if (!one.Far.Interface.IsNone || farPorts.Length == 0 && !CompletedByOther(one))
                yield return Between(one.Near, one.Far, LinkEvidence.OneSide, one.Source);
        }

        // The same port may be announced twice (LLDP and CDP), once without a port that resolves.
        bool CompletedByOther(Announcements.Known one) => said.Any(other =>
            other.Near == one.Near && !other.Far.Interface.IsNone || other.Far == one.Near);
    }
}
