namespace Towpath.Accuracy;

/// <summary>A path in the one form in which what packets did and what was traced are compared.</summary>
/// <param name="End">delivered, or <c>no route at a</c>, <c>dropped at d: ...</c>.</param>
internal sealed record LabPath(IReadOnlyList<Step> Steps, string End)
{
    public const string Unknown = "UNKNOWN";
    public const string Delivered = "delivered";
    private const double MostOfADoubt = 0.6; // docs/accuracy.md

    /// <summary>The elements' names in order, with the word that a sweep has for packets that did not arrive.</summary>
    public string Elements => string.Join(" ", Steps.Select(step => step.Name)) + (End == Delivered ? "" : " DROP");

    /// <summary>The last element is not managed: what happened in it is nobody's claim.</summary>
    public bool EndsInUnknown => Steps.Count > 0 && Steps[^1].Name == Unknown;

    /// <summary>Of a trace: what is behind the last element is not known, which is its answer.</summary>
    public bool SaysUnknown => End.StartsWith("Unknown at ", StringComparison.Ordinal);

    /// <summary>Every wire that the path may take from one managed device to another, as <c>a:eth0 b:eth1</c>.</summary>
    public IEnumerable<string> Wires => Steps.Zip(Steps.Skip(1), (from, to) => from.Wires.Count > 0
            ? from.Wires.Select(wire => $"{from.Name}:{wire.Egress} {to.Name}:{wire.Ingress}")
            : from.Egress.SelectMany(egress => to.Ingress.Select(ingress => $"{from.Name}:{egress} {to.Name}:{ingress}")))
        .SelectMany(wires => wires);

    public override string ToString() => $"{string.Join(" | ", Steps)} = {End}";

    /// <summary>Elements and wire interfaces in order, VLANs where the packet was tagged, and the end.</summary>
    public bool IsTracedAs(LabPath traced) => End == traced.End && ComesAsFarAs(traced);

    /// <summary>The same elements and no more; the ends may have other words.</summary>
    public bool ComesAsFarAs(LabPath traced) => Steps.Count == traced.Steps.Count && Begins(traced);

    /// <summary>They are the same up to an element of which the trace says that it routes or translates by policy, too.</summary>
    public bool IsTracedUntilPolicy(LabPath traced)
    {
        int policy = traced.Steps.TakeWhile(step => !step.RoutesByPolicy).Count();
        return policy < traced.Steps.Count && policy < Steps.Count && Steps[policy].ComesInAs(traced.Steps[policy])
            && new LabPath([.. Steps.Take(policy)], End).Begins(new LabPath([.. traced.Steps.Take(policy)], End));
    }

    /// <summary>
    /// The packet came by all elements that the trace names, in that order. UNKNOWN stands for some of them, and a trace that ends as
    /// UNKNOWN says nothing of the rest.
    /// </summary>
    public bool IsTracedWithGaps(LabPath traced)
    {
        return Follows(0, 0);

        bool Follows(int real, int told)
        {
            if (told == traced.Steps.Count) return traced.SaysUnknown || real == Steps.Count && End == traced.End;
            if (real == Steps.Count) return false;
            if (traced.Steps[told].Name == Unknown)
                return Enumerable.Range(real + 1, Steps.Count - real).Any(next => Follows(next, told + 1));
            return Steps[real].IsToldBy(traced.Steps[told]) && Follows(real + 1, told + 1);
        }
    }

    /// <summary>
    /// The step of the trace that the packet did not take was stated as a doubt; of a packet that was dropped, one from there on.
    /// </summary>
    public bool IsDoubtedIn(LabPath traced)
    {
        int same = Steps.Zip(traced.Steps).TakeWhile(pair => pair.First.IsToldBy(pair.Second)).Count();
        int looked = End == Delivered ? 1 : traced.Steps.Count;
        return traced.Steps.Skip(Math.Max(0, same - 1)).Take(looked).Any(step => step.Confidence <= MostOfADoubt);
    }

    /// <summary>As far as the packet came, the trace says the same; what it says about the rest does not count.</summary>
    public bool Begins(LabPath traced)
    {
        if (Steps.Count > traced.Steps.Count) return false;
        for (int i = 0; i < Steps.Count; i++)
        {
            bool last = i == Steps.Count - 1;
            if (!Steps[i].IsTracedAs(traced.Steps[i], lastSeen: last)) return false;
            if (!last && !Steps[i].TakesWireOf(traced.Steps[i], Steps[i + 1])) return false;
        }
        return true;
    }
}

/// <summary>One element that carries the packet.</summary>
/// <param name="Name">Of a device or host; UNKNOWN for any number of unmanaged devices in a row.</param>
/// <param name="Ingress">The wire interface; of a traced bundle all members, of which the packet takes one. Empty for hosts, access points,
/// unknown elements, and at the source.</param>
/// <param name="Egress">Likewise.</param>
/// <param name="IngressVlan">Of a packet: its tag on the wire. Of a trace: the VLAN it is in. 0: none, or not known.</param>
internal sealed record Step(string Name, IReadOnlyList<string> Ingress, IReadOnlyList<string> Egress, int IngressVlan, int EgressVlan)
{
    /// <summary>Over a traced bundle: how its members are cabled, as far as that is known.</summary>
    public IReadOnlyList<(string Egress, string Ingress)> Wires { get; init; } = [];

    /// <summary>Of a trace: its route table is not all that decides where a packet goes, which the answer says.</summary>
    public bool RoutesByPolicy { get; init; }

    /// <summary>Of a trace: how sure it is that the packet goes on as it says, from 0 to 1.</summary>
    public double Confidence { get; init; } = 1;

    public static Step Bare(string name) => new(name, [], [], 0, 0);

    /// <param name="lastSeen">The packet was dropped or delivered here: it left by no interface.</param>
    public bool IsTracedAs(Step traced, bool lastSeen) =>
        Name == traced.Name && IsOneOf(Ingress, traced.Ingress) && (IsOneOf(Egress, traced.Egress) || lastSeen && Egress.Count == 0)
        && (IngressVlan == 0 || IngressVlan == traced.IngressVlan) && (EgressVlan == 0 || EgressVlan == traced.EgressVlan);

    /// <summary>The same element, and the interfaces and VLANs that the trace tells.</summary>
    public bool IsToldBy(Step traced) => Name == traced.Name && (traced.Ingress.Count == 0 || IsOneOf(Ingress, traced.Ingress))
        && (traced.Egress.Count == 0 || Egress.All(traced.Egress.Contains))
        && (IngressVlan == 0 || traced.IngressVlan == 0 || IngressVlan == traced.IngressVlan)
        && (EgressVlan == 0 || traced.EgressVlan == 0 || EgressVlan == traced.EgressVlan);

    /// <summary>The same element, entered by the same interface.</summary>
    public bool ComesInAs(Step traced) => Name == traced.Name && IsOneOf(Ingress, traced.Ingress);

    /// <summary>False when the trace says that the wire leads elsewhere.</summary>
    public bool TakesWireOf(Step traced, Step next) =>
        traced.Wires.All(wire => !Egress.Contains(wire.Egress) || next.Ingress.Contains(wire.Ingress));

    public override string ToString() =>
        Ingress.Count == 0 && Egress.Count == 0 ? Name : $"{Name} [{Port(Ingress, IngressVlan)} > {Port(Egress, EgressVlan)}]";

    private static bool IsOneOf(IReadOnlyList<string> real, IReadOnlyList<string> traced) =>
        real.Count == 0 ? traced.Count == 0 : real.All(traced.Contains);

    private static string Port(IReadOnlyList<string> names, int vlan) =>
        names.Count == 0 ? "-" : $"{string.Join('/', names)}{(vlan == 0 ? "" : $".{vlan}")}";
}
