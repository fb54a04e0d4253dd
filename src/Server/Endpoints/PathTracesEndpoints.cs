using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/pathTraces</c> of the Catalyst family: the traces of <c>/flow-analysis</c> as newer clients ask for them.</summary>
internal static class PathTracesEndpoints
{
    public static void MapPathTraces(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pathTraces", StartAsync);
        api.MapGet("/pathTraces", ListAsync);
        api.MapGet("/pathTraces/count", CountAsync);
        api.MapGet("/pathTraces/{id}", FindAsync);
        api.MapGet("/pathTraces/{id}/result", ResultAsync);
        api.MapDelete("/pathTraces/{id}", DeleteAsync);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        FlowRequest request = TraceBody.Read(body, TraceKeys.PathTraces, devices.View);
        ImmutableArray<string> warnings = body.Validate();
        FlowAnalysisRecord record = await analyses.StartAsync(request, Caller.Of(context).Name, cancellationToken);
        ApiFamily family = ApiFamily.Of(context);
        var started = new PathTraceReference(record.TaskId.ToString(), $"{family.Prefix}/pathTraces/{record.Id}", record.Id.ToString());
        return Answers.Accepted(context, started, family.TaskUrl(record.TaskId), warnings);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        FlowAnalysisFilter filter = Filter(request, devices) with { Skip = page.Skip, Take = page.Limit };
        ImmutableArray<FlowAnalysisRecord> found = await analyses.ListAsync(filter, cancellationToken);
        return Answers.Ok<IReadOnlyList<PathTraceItem>>(
            [.. found.Select(record => PathTraceRendering.Item(TraceRendering.Request(record)))]);
    }

    private static async Task<IResult> CountAsync(
        HttpRequest request, FlowAnalyses analyses, Devices devices, CancellationToken cancellationToken) =>
        Answers.Ok(new CountResult(await analyses.CountAsync(Filter(request, devices), cancellationToken)));

    private static async Task<IResult> FindAsync(string id, FlowAnalyses analyses, CancellationToken cancellationToken) =>
        Answers.Ok(PathTraceRendering.Item(TraceRendering.Request((await RequireAsync(id, analyses, cancellationToken)).Record)));

    private static async Task<IResult> ResultAsync(
        HttpRequest request, string id, FlowAnalyses analyses, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request);
        TraceViews views = TraceViews.Read(request, query);
        query.Validate();
        FlowAnalysisAnswer answer = await RequireAsync(id, analyses, cancellationToken);
        return Answers.Ok(PathTraceRendering.Result(TraceRendering.Render(answer, time.GetUtcNow()), views));
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
