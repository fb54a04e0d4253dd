using Towpath.PathTrace;

namespace Towpath.Campus.Tests;

/// <summary>
/// Is the path that is traced the path that packets take? The walker knows the description and no table; the tracer knows the tables and
/// no description.
/// </summary>
public sealed class CampusProofTests
{
    [Fact]
    public async Task Every_ordered_pair_of_hosts_is_traced_as_the_walker_walks()
    {
        var walker = new Walker(CampusFile.Json);
        CampusLab lab = await CampusLab.CollectAsync(CampusFile.Json);
        List<string> wrong = [];
        int pairs = 0;
        foreach (Node from in walker.Plan.Hosts)
        {
            foreach (Node to in walker.Plan.Hosts.Where(to => to != from))
            {
                pairs++;
                if (Comparison.Differs(walker, lab, from, to) is { } difference) wrong.Add(difference);
            }
        }
        Assert.Equal(72, pairs);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {pairs} differ:\n\n{string.Join("\n\n", wrong.Take(5))}");
    }

    [Fact]
    public async Task Of_equal_cost_branches_the_one_is_shown_that_the_conversation_takes()
    {
        var walker = new Walker(CampusFile.Json);
        CampusLab lab = await CampusLab.CollectAsync(CampusFile.Json);
        List<string> wrong = [];
        foreach (var (from, to, header) in Conversations(walker))
        {
            string walked = PathText.Of(walker.One(from, header));
            string shown = TraceText.Shown(lab.Trace(from, to), lab.Network);
            if (walked != shown) wrong.Add($"{from.Name} -> {to.Name} walked\n{walked}\nshown\n{shown}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    [Fact]
    public async Task What_no_flow_record_tells_is_shown_by_the_highest_next_hop_with_its_share()
    {
        var walker = new Walker(CampusFile.Json);
        CampusLab lab = await CampusLab.CollectAsync(CampusFile.Json);
        var told = Conversations(walker).Select(conversation => (conversation.From, conversation.To)).ToHashSet();
        Node from = walker.Plan.Nodes["desk-1"], to = walker.Plan.Nodes["branch-pc-1"];
        Assert.DoesNotContain((from, to), told);

        Trace trace = lab.Trace(from, to);
        TraceEdge[] shared = [.. trace.Shown.Select(index => trace.Edges[index]).Where(edge => edge.Share < 1)];
        Assert.NotEmpty(shared);
        Assert.All(shared, edge =>
        {
            Assert.False(edge.NamedByFlowRecord);
            Assert.Equal(0.5, edge.Share);
            Assert.Equal(trace.Edges.Where(other => other.From == edge.From).Max(other => other.NextHop!.Value), edge.NextHop);
        });
    }

    internal static IEnumerable<(Node From, Node To, Header Header)> Conversations(Walker walker)
    {
        foreach (var flow in walker.Plan.Flows)
        {
            Node from = walker.Plan.Nodes[(string)flow!["from"]!], to = walker.Plan.Nodes[(string)flow["to"]!];
            int protocol = (string)flow["protocol"]! switch { "tcp" => 6, "udp" => 17, _ => 1 };
            int source = (int?)flow["sourcePort"] ?? 0, destination = (int?)flow["destinationPort"] ?? 0;
            var header = new Header(from.Own.Address, to.Own.Address, protocol, source, destination);
            yield return (from, to, header);
            if ((int?)flow["replyOctetsPerSecond"] != 0 && walker.One(from, header).Ending == "delivered")
                yield return (to, from, new Header(to.Own.Address, from.Own.Address, protocol, destination, source));
        }
    }
}
