using Towpath.PathTrace;

namespace Towpath.FlowAnalysis.Tests;

public sealed class RehearsalTests
{
    [Fact]
    public void A_rehearsal_goes_the_whole_way_from_host_to_host_and_is_read_back()
    {
        FlowAnalysisAnswer answer = Rehearsal.Run();
        Trace trace = answer.Traced!.Trace;
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(["192.0.2.10", "switch", "near", "far", "203.0.113.20"],
            trace.ShownNodes.Select(node => node.Name ?? node.Address.ToString()));
    }
}
