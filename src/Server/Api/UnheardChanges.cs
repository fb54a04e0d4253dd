using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>
/// A client follows its task at one server and asks another for what the task has made, within the moment in which that has not heard of
/// it: nothing is called unknown before the changes of others were heard.
/// </summary>
internal sealed class UnheardChanges(RequestDelegate next, Devices devices)
{
    public async Task InvokeAsync(HttpContext context)
    {
        InventoryView? seen = devices.ViewIfRead;
        try
        {
            await next(context);
        }
        catch (ApiException unknown) when (unknown.Status == StatusCodes.Status404NotFound && seen is not null && CanRepeat(context))
        {
            if (await devices.HeardViewAsync(context.RequestAborted) == seen) throw;
            await next(context);
        }
    }

    /// <summary>Nothing was sent, and nothing of the request is used up.</summary>
    private static bool CanRepeat(HttpContext context) => !context.Response.HasStarted && context.Request.ContentLength is null or 0
        && !context.Request.Headers.ContainsKey("Transfer-Encoding");
}
