using Towpath.Accuracy;
using Towpath.Network;
using Towpath.Network.Tests;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// A flow through a small network, with the answer that is right: the rows of <c>docs/accuracy.md</c>, and what the percentages are
/// measured on.
/// </summary>
/// <param name="Kind">A row of the page.</param>
/// <param name="Name">What is special here.</param>
/// <param name="Ways">The elements as <see cref="Traces.Way"/> writes them. <c>...</c> at the end: no table tells more. Of several, the
/// packet takes one, and no table tells which.</param>
internal sealed record Variant(string Kind, string Name, Func<NetworkSnapshot> Network, string From, string To, params string[] Ways)
{
    private const string Open = " ...";

    public Variant(string kind, string name, Func<NetworkBuilder> network, string from, string to, params string[] ways)
        : this(kind, name, () => network().Build(), from, to, ways) => Builder = network;

    /// <summary>Null for a network that was collected.</summary>
    public Func<NetworkBuilder>? Builder { get; }

    public Trace Trace() => Builder is { } builder ? builder().Trace(From, To) : Network().Trace(From, To);

    /// <summary>The answer, once for each way that the packet may take.</summary>
    public IEnumerable<JudgedFlow> Judge()
    {
        Answered answer = Of(Trace());
        return Ways.Select(way => Judgement.Of(answer, Elements(way), !way.EndsWith(Open, StringComparison.Ordinal)));
    }

    /// <summary>What is wrong with the answer; null where it is right, or a doubt where no table tells.</summary>
    public string? Mistake()
    {
        Trace trace = Trace();
        string shown = trace.Way() + (trace.Ending is Ending.Delivered ? "" : Open);
        if (trace.Nodes.Length > 0 && !Ways.Contains(shown))
            return $"shows {shown}, right is {string.Join(" or ", Ways)}\n{trace.ToText()}";
        return Judge().SelectMany(flow => flow.Steps).Any(step => !step.IsRight && step.Stated >= Percentages.Sure)
            ? $"is too sure of {shown}\n{trace.ToText()}" : null;
    }

    public override string ToString() => $"{Kind}: {Name}, {From} to {To}";

    private static string[] Elements(string way) => way.Replace(Open, "", StringComparison.Ordinal).Split(' ');

    private static Answered Of(Trace trace) => new(
        [.. trace.Nodes.Select(node => node.Kind switch { NodeKind.Host => "h", NodeKind.Unknown => "?", _ => node.Name! })],
        [.. trace.Edges.Where(edge => !edge.IsCandidate)
            .Select(edge => new AnsweredStep(edge.From, edge.To, edge.Confidence, edge.Share, edge.Class))],
        trace.Endings.Where(ending => ending.Value is Ending.Unknown or Ending.Left).Select(ending => ending.Key).ToHashSet());
}
