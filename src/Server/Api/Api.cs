using System.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>The whole API, one line a resource. Both families serve the same resources.</summary>
internal static class Api
{
    public static void MapTowpath(this WebApplication app)
    {
        WebServerRefusals.Watch(app.Services.GetRequiredService<DiagnosticListener>());
        TowpathServerOptions options = app.Services.GetRequiredService<TowpathServerOptions>();
        app.UseMiddleware<ErrorEnvelope>();
        if (options.Proxies.Count > 0) app.UseForwardedHeaders(ByProxies(options.Proxies));
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
        if (!options.Roles.HasFlag(NodeRoles.Api)) return;
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

    /// <summary>From the last one on, as long as each is one of these: what stands before them anybody can have written.</summary>
    private static ForwardedHeadersOptions ByProxies(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null,
        };
        options.KnownProxies.Clear(); // this machine was
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork proxy in proxies) options.KnownIPNetworks.Add(proxy);
        return options;
    }
}
