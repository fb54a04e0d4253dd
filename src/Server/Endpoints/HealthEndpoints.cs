namespace Towpath.Server;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("/health/live", () => Results.Text("live\n"));
        api.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, WriteProbe probe, CancellationToken cancellationToken)
    {
        if (!readiness.IsReady) throw NotReady($"Not ready yet: {string.Join(", ", readiness.WaitingFor)}.");
        if (await probe.WhyNotAsync(cancellationToken) is { } why) throw NotReady($"Not ready: {why}");
        return Results.Text("ready\n");
    }

    private static ApiException NotReady(string why) =>
        new(StatusCodes.Status503ServiceUnavailable, "NOT_READY", why) { RetryAfterSeconds = 1 };
}
