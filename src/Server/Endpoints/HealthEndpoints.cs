namespace Towpath.Server;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("/health/live", () => Results.Text("live\n"))
            .GivesText("Whether the process runs.");
        api.MapGet("/health/ready", ReadyAsync)
            .GivesText("Whether a write would succeed; 503 says why not.");
    }

    private static async Task<IResult> ReadyAsync(
        Readiness readiness, WriteProbe probe, SchedulerCheck scheduler, CancellationToken cancellationToken)
    {
        if (readiness.WaitingFor is { IsEmpty: false } waiting)
            throw NotReady($"Not ready yet: {string.Join("; ", waiting.Select(one => $"{one.What} ({Words(one.Roles)})"))}.");
        if (await probe.WhyNotAsync(cancellationToken) is { } why) throw NotReady($"Not ready ({Words(readiness.Roles)}): {why}");
        NodeRoles jobs = readiness.Roles & SchedulerCheck.Needing;
        if (jobs != 0 && await scheduler.WhyNotAsync(cancellationToken) is { } idle) throw NotReady($"Not ready ({Words(jobs)}): {idle}");
        return Results.Text("ready\n");
    }

    private static string Words(NodeRoles roles) => string.Join(", ", NodeRoleWords.Of(roles));

    private static ApiException NotReady(string why) =>
        new(StatusCodes.Status503ServiceUnavailable, "NOT_READY", why) { RetryAfterSeconds = 1 };
}
