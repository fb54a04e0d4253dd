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
        api.MapPost("/flow-analysis", StartAsync).WithMetadata(new AcceptedAgain((context, task) => Accepted(
            context, FlowAnalysisId.Parse(task.Input), task.Id)))
            .Takes<FlowAnalysisRequest>().Starts<FlowAnalysisReference>("Traces a path.");
        api.MapGet("/flow-analysis", ListAsync).AsList()
            .GivesList<FlowAnalysisRequestItem>(
                "Path traces, the latest first.", [.. TraceBody.Keys(TraceKeys.FlowAnalysis), .. QueryKeys.Page]);
        api.MapGet("/flow-analysis/{flowAnalysisId}", FindAsync)
            .Gives<FlowAnalysisResult>("The path that was found, and the table rows that it rests on.", QueryKeys.Wait);
        api.MapGet("/flow-analysis/{flowAnalysisId}/comparison", CompareAsync)
            .Gives<PathComparison>("Where the paths of two traces differ first.", "with");
        api.MapDelete("/flow-analysis/{flowAnalysisId}", DeleteAsync)
            .Starts("Deletes a path trace.");
    }

    private static async Task<IResult> StartAsync(HttpContext context, FlowAnalyses analyses, Devices devices,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        FlowRequest request = await TraceBody.ReadAsync(body, TraceKeys.FlowAnalysis, devices, cancellationToken);
        ImmutableArray<string> warnings = body.Validate();
        FlowAnalysisRecord record = await analyses.StartAsync(request, Caller.Of(context).Name, cancellationToken);
        return Accepted(context, record.Id, record.TaskId, warnings);
    }

    private static IResult Accepted(HttpContext context, FlowAnalysisId id, TaskId task, ImmutableArray<string> warnings = default)
    {
        ApiFamily family = ApiFamily.Of(context);
        var started = new FlowAnalysisReference(id.ToString(), task.ToString(), $"{family.Prefix}/flow-analysis/{id}");
        return Answers.Accepted(context, started, task, warnings);
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
        return Answers.Ok(Rendered.Of(found, TraceRendering.Request));
    }

    private static async Task<IResult> FindAsync(HttpContext context, string flowAnalysisId, FlowAnalyses analyses, LongPoll poll,
        TimeProvider time, CancellationToken cancellationToken)
    {
        FlowAnalysisAnswer answer = await poll.TraceAsync(context, () => RequireAsync(flowAnalysisId, analyses, cancellationToken));
        return Answers.Tagged(TraceRendering.Render(answer, time.GetUtcNow()));
    }

    /// <summary>Of a trace with a later one, or with the one back.</summary>
    private static async Task<IResult> CompareAsync(HttpRequest request, string flowAnalysisId, FlowAnalyses analyses, TimeProvider time,
        CancellationToken cancellationToken)
    {
        string with = new QueryReader(request).Text("with") ?? throw ApiException.Malformed("with is required: the id of another trace.");
        FlowAnalysisAnswer one = await RequireAsync(flowAnalysisId, analyses, cancellationToken),
            other = await RequireAsync(with, analyses, cancellationToken);
        foreach (FlowAnalysisRecord record in (FlowAnalysisRecord[])[one.Record, other.Record])
        {
            if (record.Status == FlowAnalysisStatus.InProgress)
                throw ApiException.Conflict($"The trace {record.Id} has not ended yet.", "Wait for its task, then compare.");
        }
        bool isReverse = one.Record.Request.Source == other.Record.Request.Destination
            && one.Record.Request.Destination == other.Record.Request.Source;
        DateTimeOffset now = time.GetUtcNow();
        return Answers.Ok(PathComparing.Compare(TraceRendering.Render(one, now), TraceRendering.Render(other, now), isReverse));
    }

    private static async Task<FlowAnalysisAnswer> RequireAsync(string id, FlowAnalyses analyses, CancellationToken cancellationToken) =>
        await analyses.FindAsync(Ids.FlowAnalysis(id), cancellationToken) ?? throw ApiException.NotFound("flow analysis", id);

    private static async Task<IResult> DeleteAsync(HttpContext context, string flowAnalysisId, FlowAnalyses analyses,
        CancellationToken cancellationToken)
    {
        TaskRecord? task = await analyses.DeleteAsync(Ids.FlowAnalysis(flowAnalysisId), Caller.Of(context).Name,
            cancellationToken);
        return task is null ? throw ApiException.NotFound("flow analysis", flowAnalysisId) : Answers.Accepted(context, task);
    }
}
