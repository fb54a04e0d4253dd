using System.Diagnostics;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>The whole API, one line a resource. Both families serve the same resources.</summary>
internal static class Api
{
    public static void MapTowpath(this WebApplication app)
    {
        WebServerRefusals.Watch(app.Services.GetRequiredService<DiagnosticListener>());
        app.UseMiddleware<ErrorEnvelope>();
        app.UseMiddleware<RequestCheck>();
        app.UseWhen(context => HttpMethods.IsGet(context.Request.Method), reading => reading.UseResponseCompression());
        app.UseRouting();
        app.UseMiddleware<TokenCheck>();
        app.UseMiddleware<WaitingWrites>();
        app.UseMiddleware<UnusedQueryKeys>();
        app.UseMiddleware<IdempotencyKeys>();
        if (app.Services.GetRequiredService<IChanges>().AreOthers) app.UseMiddleware<UnheardChanges>();

        RouteGroupBuilder all = app.MapGroup("");
        all.MarkPublicRoutes();
        all.DescribeRefusals();
        all.MapHealth();
        all.MapMetrics();
        if (!app.Services.GetRequiredService<TowpathServerOptions>().Roles.HasFlag(NodeRoles.Api)) return;
        all.MapPage();
        all.MapDocs();
        all.MapPageSession();
        all.MapAuthentication();
        all.MapTickets();
        all.MapGroup(ApiFamily.CatalystVersion2).WithMetadata(ApiFamily.Catalyst).MapCredentialsByKind();
        foreach (ApiFamily family in ApiFamily.All)
        {
            RouteGroupBuilder api = all.MapGroup(family.Prefix).WithMetadata(family);
            api.MapNamedTokens();
            api.MapTasks();
            api.MapStreams();
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
            api.MapWebhooks();
            api.MapTables();
            api.MapSearch();
            api.MapTopology();
            api.MapSites();
            api.MapDetails();
            api.MapReachability();
            api.MapExecutionStatus();
            if (family != ApiFamily.Catalyst) continue;
            api.MapPathTraces();
            api.MapActivities();
        }
    }
}
