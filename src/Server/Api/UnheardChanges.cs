using Microsoft.AspNetCore.Http.Features;
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
        catch (ApiException unknown) when (unknown.IsOfNetwork && seen is not null && CanRepeat(context))
        {
            if (!await devices.HasHeardMoreAsync(seen, context.RequestAborted)) throw;
            await next(context);
        }
    }

    /// <summary>Nothing was sent, and there is no body that would be used up.</summary>
    private static bool CanRepeat(HttpContext context) => !context.Response.HasStarted
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
}
