using System.Collections.Immutable;
using System.Globalization;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Network;
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

    private static async Task<IResult> StartAsync(HttpContext context, FlowAnalyses analyses, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        FlowRequest request = Read(body);
        ImmutableArray<string> warnings = body.Validate();
        FlowAnalysisRecord record = await analyses.StartAsync(request, Caller.Of(context).Name, cancellationToken);
        ApiFamily family = ApiFamily.Of(context);
        var started = new FlowAnalysisReference(record.Id.ToString(), record.TaskId.ToString(),
            $"{family.Prefix}/flow-analysis/{record.Id}");
        return Answers.Accepted(context, started, family.TaskUrl(record.TaskId), warnings);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, FlowAnalyses analyses, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        ImmutableArray<FlowAnalysisRecord> found = await analyses.ListAsync(Filter(request) with { Skip = page.Skip, Take = page.Limit },
            cancellationToken);
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

    private static FlowRequest Read(RequestBody body)
    {
        Ipv4Address source = Address(body, "sourceIP");
        Ipv4Address destination = Address(body, "destIP");
        string? protocol = body.Text("protocol", 100);
        if (FlowRequest.ProtocolNumber(protocol) is null)
            body.Refuse($"protocol must be TCP, UDP, ICMP, an IP protocol from 1 to 255, or blank, not '{protocol}'.");
        ImmutableArray<string> inclusions = [.. body.Texts("inclusions", 20).Select(word => Inclusion(body, word)).Distinct()];
        bool isPeriodic = body.Flag("periodicRefresh") ?? false, isVerified = body.Flag("verify") ?? false;
        if (isPeriodic && isVerified)
            body.Refuse("verify asks the devices on the path before one answer, periodicRefresh repeats it without asking: leave one out.");
        return new FlowRequest(
            source, destination, Port(body, "sourcePort"), Port(body, "destPort"), protocol,
            isPeriodic, body.Flag("controlPath") ?? false, inclusions) { Verify = isVerified };
    }

    private static Ipv4Address Address(RequestBody body, string name)
    {
        string text = body.RequiredText(name, 100);
        if (!Ipv4Address.TryParse(text, CultureInfo.InvariantCulture, out Ipv4Address address))
        {
            if (text.Length > 0) body.Refuse($"{name} must be an IPv4 address such as 192.0.2.7, not '{text}'.");
        }
        else if (address.IsUnspecified || address.IsMulticast || address.Bits == uint.MaxValue || address.IsLoopback)
        {
            body.Refuse($"{name} must be the address of one host; {address} is not.");
        }
        return address;
    }

    private static string? Port(RequestBody body, string name)
    {
        string? text = body.Text(name, 100);
        if (!string.IsNullOrEmpty(text) && !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            body.Refuse($"{name} must be a port from 0 to 65535, not '{text}'.");
        return text;
    }

    private static string Inclusion(RequestBody body, string word)
    {
        if (Inclusions.All.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        body.Refuse($"inclusions knows {string.Join(", ", Inclusions.All)}, not '{Texts.Shorten(word)}'.");
        return word;
    }

    private static FlowAnalysisFilter Filter(HttpRequest request)
    {
        var query = new QueryReader(request);
        var filter = new FlowAnalysisFilter
        {
            PeriodicRefresh = query.Flag("periodicRefresh"),
            Source = query.Address("sourceIP"),
            Destination = query.Address("destIP"),
            SourcePort = query.Text("sourcePort"),
            DestinationPort = query.Text("destPort"),
            Protocol = query.Text("protocol"),
            CreatedAfter = query.Time("gtCreateTime"),
            CreatedBefore = query.Time("ltCreateTime"),
            UpdatedAt = query.Time("lastUpdateTime"),
            Status = query.Choice<FlowAnalysisStatus?>("status", ("INPROGRESS", FlowAnalysisStatus.InProgress),
                ("COMPLETED", FlowAnalysisStatus.Completed), ("FAILED", FlowAnalysisStatus.Failed)),
            TaskId = query.Task("taskId"),
            SortBy = query.Choice("sortBy", ("createTime", FlowAnalysisOrder.CreatedAt), ("lastUpdateTime", FlowAnalysisOrder.UpdatedAt),
                ("sourceIP", FlowAnalysisOrder.Source), ("destIP", FlowAnalysisOrder.Destination),
                ("sourcePort", FlowAnalysisOrder.SourcePort), ("destPort", FlowAnalysisOrder.DestinationPort),
                ("protocol", FlowAnalysisOrder.Protocol), ("status", FlowAnalysisOrder.Status)),
            Descending = query.Descending(),
        };
        query.Validate();
        return filter;
    }
}
