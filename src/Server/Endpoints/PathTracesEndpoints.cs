using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/pathTraces</c> of the Catalyst family: the traces of <c>/flow-analysis</c> as newer clients ask for them.</summary>
internal static class PathTracesEndpoints
{
    public static void MapPathTraces(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pathTraces", StartAsync).WithMetadata(new AcceptedAgain((context, task) => Accepted(
            context, FlowAnalysisId.Parse(task.Input), task.Id)))
            .Takes<PathTraceInput>().Starts<PathTraceReference>("Traces a path, as newer clients ask for it.");
        api.MapGet("/pathTraces", ListAsync).AsList()
            .GivesList<PathTraceItem>("Path traces, the latest first.", [.. TraceBody.Keys(TraceKeys.PathTraces), .. QueryKeys.Page]);
        api.MapGet("/pathTraces/count", CountAsync).AsList()
            .Gives<CountResult>("How many path traces there are.", TraceBody.Keys(TraceKeys.PathTraces));
        api.MapGet("/pathTraces/{id}", FindAsync)
            .Gives<PathTraceItem>("One path trace: what was asked, and how it stands.", QueryKeys.Wait);
        api.MapGet("/pathTraces/{id}/result", ResultAsync)
            .Gives<PathTraceResult>("The path that was found.", "view", QueryKeys.Wait);
        api.MapDelete("/pathTraces/{id}", DeleteAsync)
            .Starts("Deletes a path trace.");
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        FlowRequest request = await TraceBody.ReadAsync(body, TraceKeys.PathTraces, devices, cancellationToken);
        ImmutableArray<string> warnings = body.Validate();
        FlowAnalysisRecord record = await analyses.StartAsync(request, Caller.Of(context).Name, cancellationToken);
        return Accepted(context, record.Id, record.TaskId, warnings);
    }

    private static IResult Accepted(HttpContext context, FlowAnalysisId id, TaskId task, ImmutableArray<string> warnings = default)
    {
        ApiFamily family = ApiFamily.Of(context);
        var started = new PathTraceReference(task.ToString(), $"{family.Prefix}/pathTraces/{id}", id.ToString());
        return Answers.Accepted(context, started, task, warnings);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        FlowAnalysisFilter filter = Filter(request, devices) with { Skip = page.Skip, Take = page.Limit };
        ImmutableArray<FlowAnalysisRecord> found = await analyses.ListAsync(filter, cancellationToken);
        return Answers.Ok(Rendered.Of(found, record => PathTraceRendering.Item(TraceRendering.Request(record))));
    }

    private static async Task<IResult> CountAsync(
        HttpRequest request, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken) =>
        Answers.Ok(new CountResult(await analyses.CountAsync(Filter(request, devices), cancellationToken)));

    private static async Task<IResult> FindAsync(
        HttpContext context, string id, FlowAnalyses analyses, LongPoll poll, CancellationToken cancellationToken)
    {
        FlowAnalysisAnswer answer = await poll.TraceAsync(context, () => RequireAsync(id, analyses, cancellationToken));
        return Answers.Tagged(PathTraceRendering.Item(TraceRendering.Request(answer.Record)));
    }

    private static async Task<IResult> ResultAsync(
        HttpContext context, string id, FlowAnalyses analyses, LongPoll poll, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        TraceViews views = TraceViews.Read(context.Request, query);
        query.Validate();
        FlowAnalysisAnswer answer = await poll.TraceAsync(context, () => RequireAsync(id, analyses, cancellationToken));
        return Answers.Tagged(PathTraceRendering.Result(TraceRendering.Render(answer, time.GetUtcNow()), views));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string id, FlowAnalyses analyses, CancellationToken cancellationToken) =>
        await analyses.DeleteAsync(Require(id), Caller.Of(context).Name, cancellationToken) is { } task
            ? Answers.Accepted(context, task) : throw ApiException.NotFound("path trace", id);

    private static FlowAnalysisFilter Filter(HttpRequest request, Devices devices)
    {
        var query = new QueryReader(request);
        FlowAnalysisFilter filter = TraceBody.Filter(query, TraceKeys.PathTraces, devices.View);
        query.Validate();
        return filter;
    }

    private static FlowAnalysisId Require(string id) => new(Ids.Parse(id, "path trace"));

    private static async Task<FlowAnalysisAnswer> RequireAsync(string id, FlowAnalyses analyses, CancellationToken cancellationToken) =>
        await analyses.FindAsync(Require(id), cancellationToken) ?? throw ApiException.NotFound("path trace", id);
}
