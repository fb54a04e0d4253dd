namespace Towpath.Accuracy;

/// <summary>A path in the one form in which what packets did and what was traced are compared.</summary>
/// <param name="End">delivered, or <c>no route at a</c>, <c>dropped at d: ...</c>.</param>
internal sealed record LabPath(IReadOnlyList<Step> Steps, string End)
{
    public const string Unknown = "UNKNOWN";
    public const string Delivered = "delivered";

    /// <summary>The elements' names in order.</summary>
    public string Elements => string.Join(" ", Steps.Select(step => step.Name));

    public override string ToString() => $"{string.Join(" | ", Steps)} = {End}";

    /// <summary>Elements and wire interfaces in order, VLANs where the packet was tagged, and the end.</summary>
    /// <param name="inBundles">Members that the trace names as alternatives count, where they are cabled as it says.</param>
    public bool IsTracedAs(LabPath traced, bool inBundles) => End == traced.End && Steps.Count == traced.Steps.Count && Begins(traced, inBundles);

    /// <summary>As far as the packet came, the trace says the same; what it says about the rest does not count.</summary>
    public bool Begins(LabPath traced, bool inBundles)
    {
        if (Steps.Count > traced.Steps.Count) return false;
        for (int i = 0; i < Steps.Count; i++)
        {
            if (!Steps[i].IsTracedAs(traced.Steps[i], lastSeen: i == Steps.Count - 1, inBundles)) return false;
            if (i > 0 && !traced.Steps[i - 1].Leads(Steps[i - 1].Egress, Steps[i].Ingress)) return false;
        }
        return true;
    }
}

/// <summary>One element that carries the packet.</summary>
/// <param name="Name">Of a device or host; UNKNOWN for any number of unmanaged devices in a row.</param>
/// <param name="Ingress">The wire interface; null for hosts, access points, unknown elements, and at the source.</param>
/// <param name="IngressVlan">Of a packet: its tag on the wire. Of a trace: the VLAN it is in. 0: none, or not known.</param>
internal sealed record Step(string Name, string? Ingress, string? Egress, int IngressVlan, int EgressVlan)
{
    /// <summary>Of a trace: the ports of a bundle of which the packet takes one; empty where <see cref="Ingress"/> is the wire interface.</summary>
    public IReadOnlyList<string> IngressMembers { get; init; } = [];

    public IReadOnlyList<string> EgressMembers { get; init; } = [];

    /// <summary>Of a trace: how the bundle's ports are cabled to the next element's, as far as it tells.</summary>
    public IReadOnlyList<(string Egress, string Ingress)> Wires { get; init; } = [];

    /// <param name="lastSeen">The packet was dropped or delivered here: it left by no interface.</param>
    public bool IsTracedAs(Step traced, bool lastSeen, bool inBundles)
    {
        return Name == traced.Name && IsPort(Ingress, traced.Ingress, traced.IngressMembers) && (IsPort(Egress, traced.Egress, traced.EgressMembers) || lastSeen && Egress is null)
            && (IngressVlan == 0 || IngressVlan == traced.IngressVlan) && (EgressVlan == 0 || EgressVlan == traced.EgressVlan);

        bool IsPort(string? port, string? named, IReadOnlyList<string> members) => members.Count == 0 ? port == named : inBundles && members.Contains(port);
    }

    public override string ToString() => Ingress is null && Egress is null ? Name : $"{Name} [{Port(Ingress, IngressVlan)} > {Port(Egress, EgressVlan)}]";

    /// <summary>False when this step of a trace says that the wire leads elsewhere.</summary>
    public bool Leads(string? egress, string? ingress) => Wires.All(wire => wire.Egress != egress || wire.Ingress == ingress);

    private static string Port(string? name, int vlan) => name is null ? "-" : vlan == 0 ? name : $"{name}.{vlan}";
}
