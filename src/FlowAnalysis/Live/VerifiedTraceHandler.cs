using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>Computes the answer of a request that is to be verified: it waits for devices, so it queues where others do, too.</summary>
internal sealed class VerifiedTraceHandler(IFlowAnalysisStore store, FlowTracer tracer, Devices devices, TimeProvider time)
    : TraceHandler(store, tracer, devices, time)
{
    public new const string TaskKind = "flow-analysis-verified";

    public override string Kind => TaskKind;

    public override TaskLane Lane => TaskLane.Seconds;

    protected override async ValueTask<TracedFlow> TraceAsync(FlowTracer by, FlowRequest request, CancellationToken cancellationToken) =>
        await by.VerifyAsync(request, cancellationToken);
}
