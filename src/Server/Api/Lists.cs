namespace Towpath.Server;

/// <summary>Lists and counts of what is stored or kept in memory; see <see cref="FewAtOnce"/>.</summary>
internal sealed class Lists(TimeProvider time) : FewAtOnce(HalfOfProcessors, time);

internal static class ListRoutes
{
    /// <summary>The route answers with a list, or counts one.</summary>
    public static RouteHandlerBuilder AsList(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (call, next) =>
    {
        HttpContext context = call.HttpContext;
        return await context.RequestServices.GetRequiredService<Lists>().RunAsync(async () =>
        {
            object? answer = await next(call);
            if (answer is IPreparedResult prepared) await prepared.PrepareAsync(context);
            return answer;
        }, context.RequestAborted);
    });
}

/// <summary>An answer that can be made whole before it is sent: a slow client takes no place then.</summary>
internal interface IPreparedResult : IResult
{
    Task PrepareAsync(HttpContext context);
}
