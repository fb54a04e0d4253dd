namespace Towpath.Server;

/// <summary>
/// A write that wishes to wait for the end of its task (<see cref="LongPoll"/>) says so in a way that can be read, or is refused before
/// anything is accepted.
/// </summary>
internal sealed class WaitingWrites(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.QueryString.HasValue && !HttpMethods.IsGet(context.Request.Method)) LongPoll.Asked(context);
        return next(context);
    }
}
