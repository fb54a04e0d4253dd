using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/flow-analysis</c>: path traces.</summary>
internal static class FlowAnalysisEndpoints
{
    public static void MapFlowAnalyses(this IEndpointRouteBuilder api)
    {
        api.MapPost("/flow-analysis", StartAsync);
        api.MapGet("/flow-analysis", ListAsync);
        api.MapGet("/flow-analysis/{flowAnalysisId}", FindAsync);
        api.MapDelete("/flow-analysis/{flowAnalysisId}", DeleteAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext context, FlowAnalyses analyses, Devices devices,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        FlowRequest request = TraceBody.Read(body, TraceKeys.FlowAnalysis, devices.View);
        ImmutableArray<string> warnings = body.Validate();
        FlowAnalysisRecord record = await analyses.StartAsync(request, Caller.Of(context).Name, cancellationToken);
        ApiFamily family = ApiFamily.Of(context);
        var started = new FlowAnalysisReference(record.Id.ToString(), record.TaskId.ToString(),
            $"{family.Prefix}/flow-analysis/{record.Id}");
        return Answers.Accepted(context, started, family.TaskUrl(record.TaskId), warnings);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, FlowAnalyses analyses, Devices devices,
        CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        FlowAnalysisFilter filter = TraceBody.Filter(query, TraceKeys.FlowAnalysis, devices.View);
        query.Validate();
        ImmutableArray<FlowAnalysisRecord> found =
            await analyses.ListAsync(filter with { Skip = page.Skip, Take = page.Limit }, cancellationToken);
        return Answers.Ok<IReadOnlyList<FlowAnalysisRequestItem>>([.. found.Select(TraceRendering.Request)]);
    }

    private static async Task<IResult> FindAsync(string flowAnalysisId, FlowAnalyses analyses, TimeProvider time,
        CancellationToken cancellationToken) =>
        await analyses.FindAsync(Ids.FlowAnalysis(flowAnalysisId), cancellationToken) is { } answer
            ? Answers.Ok(TraceRendering.Render(answer, time.GetUtcNow()))
            : throw ApiException.NotFound("flow analysis", flowAnalysisId);

    private static async Task<IResult> DeleteAsync(HttpContext context, string flowAnalysisId, FlowAnalyses analyses,
        CancellationToken cancellationToken)
    {
        TaskRecord? task = await analyses.DeleteAsync(Ids.FlowAnalysis(flowAnalysisId), Caller.Of(context).Name,
            cancellationToken);
        return task is null ? throw ApiException.NotFound("flow analysis", flowAnalysisId) : Answers.Accepted(context, task);
    }
}
