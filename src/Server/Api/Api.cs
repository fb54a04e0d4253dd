using System.Diagnostics;

namespace Towpath.Server;

/// <summary>The whole API, one line a resource. Both families serve the same resources.</summary>
internal static class Api
{
    public static void MapTowpath(this WebApplication app)
    {
        WebServerRefusals.Watch(app.Services.GetRequiredService<DiagnosticListener>());
        app.UseMiddleware<ErrorEnvelope>();
        app.UseMiddleware<RequestCheck>();
        app.UseRouting();
        app.UseMiddleware<TokenCheck>();
        app.UseMiddleware<UnusedQueryKeys>();

        RouteGroupBuilder all = app.MapGroup("");
        all.MarkPublicRoutes();
        all.MapHealth();
        all.MapAuthentication();
        all.MapTickets();
        foreach (ApiFamily family in ApiFamily.All)
        {
            RouteGroupBuilder api = all.MapGroup(family.Prefix).WithMetadata(family);
            api.MapTasks();
            api.MapTaskSummaries();
            api.MapDiscoveries();
            api.MapCredentials();
            api.MapSnmpProperties();
            api.MapNetworkDevices();
            api.MapModules();
            api.MapFlowAnalyses();
            api.MapInterfaces();
            api.MapHosts();
            api.MapEvents();
            api.MapTables();
            api.MapSearch();
            api.MapTopology();
            if (family == ApiFamily.Catalyst) api.MapPathTraces();
        }
    }
}
