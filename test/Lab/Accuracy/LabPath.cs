namespace Towpath.Accuracy;

/// <summary>A path in the one form in which what packets did and what was traced are compared.</summary>
/// <param name="End">delivered, or <c>no route at a</c>, <c>dropped at d: ...</c>.</param>
internal sealed record LabPath(IReadOnlyList<Step> Steps, string End)
{
    public const string Unknown = "UNKNOWN";
    public const string Delivered = "delivered";

    /// <summary>The elements' names in order.</summary>
    public string Elements => string.Join(" ", Steps.Select(step => step.Name));

    /// <summary>The same path with bundles in place of the members that carried it.</summary>
    public LabPath InBundles(LabTopology topology) => this with
    {
        Steps = [.. Steps.Select(step => step with { Ingress = topology.BundleOf(step.Name, step.Ingress), Egress = topology.BundleOf(step.Name, step.Egress) })],
    };

    public override string ToString() => $"{string.Join(" | ", Steps)} = {End}";

    /// <summary>Elements and wire interfaces in order, VLANs where the packet was tagged, and the end.</summary>
    public bool IsTracedAs(LabPath traced) => End == traced.End && Steps.Count == traced.Steps.Count && Begins(traced);

    /// <summary>As far as the packet came, the trace says the same; what it says about the rest does not count.</summary>
    public bool Begins(LabPath traced)
    {
        if (Steps.Count > traced.Steps.Count) return false;
        for (int i = 0; i < Steps.Count; i++)
        {
            if (!Steps[i].IsTracedAs(traced.Steps[i], lastSeen: i == Steps.Count - 1)) return false;
        }
        return true;
    }
}

/// <summary>One element that carries the packet.</summary>
/// <param name="Name">Of a device or host; UNKNOWN for any number of unmanaged devices in a row.</param>
/// <param name="Ingress">The wire interface; null for hosts, access points, unknown elements, and at the source.</param>
/// <param name="IngressVlan">Of a packet: its tag on the wire. Of a trace: the VLAN it is in. 0: none, or not known.</param>
internal readonly record struct Step(string Name, string? Ingress, string? Egress, int IngressVlan, int EgressVlan)
{
    /// <param name="lastSeen">The packet was dropped or delivered here: it left by no interface.</param>
    public bool IsTracedAs(Step traced, bool lastSeen) =>
        Name == traced.Name && Ingress == traced.Ingress && (Egress == traced.Egress || lastSeen && Egress is null)
        && (IngressVlan == 0 || IngressVlan == traced.IngressVlan) && (EgressVlan == 0 || EgressVlan == traced.EgressVlan);

    public override string ToString() => Ingress is null && Egress is null ? Name : $"{Name} [{Port(Ingress, IngressVlan)} > {Port(Egress, EgressVlan)}]";

    private static string Port(string? name, int vlan) => name is null ? "-" : vlan == 0 ? name : $"{name}.{vlan}";
}
