using Towpath.FlowAnalysis;

namespace Towpath.Storage;

/// <summary>A filter of requests over the columns of <c>flow_analysis</c>.</summary>
internal static class FlowAnalysisSelection
{
    public static Selection Of(FlowAnalysisFilter filter) => new(
        new Conditions()
            .When("periodic", Comparison.Equal, filter.PeriodicRefresh)
            .When("source", Comparison.Equal, filter.Source?.Bits)
            .When("destination", Comparison.Equal, filter.Destination?.Bits)
            .When("source_port", Comparison.Equal, filter.SourcePort)
            .When("destination_port", Comparison.Equal, filter.DestinationPort)
            .When("protocol", Comparison.EqualIgnoringCase, filter.Protocol)
            .When("created_at", Comparison.Greater, filter.CreatedAfter?.ToUnixTimeMilliseconds())
            .When("created_at", Comparison.Less, filter.CreatedBefore?.ToUnixTimeMilliseconds())
            .When("updated_at", Comparison.Equal, filter.UpdatedAt?.ToUnixTimeMilliseconds())
            .When("status", Comparison.Equal, (int?)filter.Status)
            .When("task_id", Comparison.Equal, filter.TaskId)
            .ToImmutable(),
        Column(filter.SortBy), filter.Descending, filter.Skip, filter.Take);

    private static string Column(FlowAnalysisOrder order) => order switch
    {
        FlowAnalysisOrder.UpdatedAt => "updated_at",
        FlowAnalysisOrder.Source => "source",
        FlowAnalysisOrder.Destination => "destination",
        FlowAnalysisOrder.Status => "status",
        FlowAnalysisOrder.Protocol => "protocol",
        FlowAnalysisOrder.SourcePort => "source_port",
        FlowAnalysisOrder.DestinationPort => "destination_port",
        _ => "created_at",
    };
}
