using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>Which way a packet goes and how that ends, and nothing that changes while it goes that way.</summary>
/// <param name="Way">The shown path: names of elements and ports, for people.</param>
internal sealed record TracedPath(string Way)
{
    public static TracedPath Of(TracedFlow traced)
    {
        var steps = new List<string>();
        int step = 0;
        foreach (var node in traced.Trace.ShownNodes)
        {
            var egress = step < traced.Trace.Shown.Length ? traced.Trace.Edges[traced.Trace.Shown[step++]].Egress : null;
            steps.Add(string.Join(' ', new[] { node.Ingress?.Name, node.Name ?? node.Address.ToString(), egress?.Name }.OfType<string>()));
        }
        return new TracedPath($"{string.Join(", ", steps)}: {traced.Trace.Ending.GetType().Name}");
    }

    /// <summary>The event that it was another one.</summary>
    public NetworkEvent ChangedFrom(TracedPath before, FlowAnalysisRecord trace, DateTimeOffset at) =>
        new(at, EventKind.PathChanged, null, "")
    {
        Since = trace.UpdatedAt,
        Row =
        [
            new RowCell("flowAnalysisId", trace.Id.ToString()), new RowCell("sourceIP", trace.Request.Source.ToString()),
            new RowCell("destIP", trace.Request.Destination.ToString()),
        ],
        Before = [new RowCell("path", before.Way)],
        After = [new RowCell("path", Way)],
    };
}
