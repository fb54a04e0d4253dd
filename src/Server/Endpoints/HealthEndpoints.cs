using Towpath.Tasks;

namespace Towpath.Server;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("/", () => Results.Text("""
            Towpath: an open network controller.
            The API is at /api/v1 and /dna/intent/api/v1; get a token with POST /dna/system/api/v1/auth/token (Basic).
            On the command line: towpath login, towpath discover, towpath trace. Health: /health/ready.

            """));
        api.MapGet("/health/live", () => Results.Text("live\n"));
        api.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, ITaskStore store, CancellationToken cancellationToken)
    {
        if (!readiness.IsReady) return NotReady(string.Join(", ", readiness.WaitingFor));
        try
        {
            await store.FindAsync(Guid.Empty, cancellationToken);
            return Results.Text("ready\n");
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return NotReady("the database does not answer");
        }
    }

    private static IResult NotReady(string why) => throw new ApiException(StatusCodes.Status503ServiceUnavailable, "NOT_READY", $"Not ready yet: {why}.") { RetryAfterSeconds = 1 };
}
