using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Towpath.Cluster;

/// <summary>
/// YARP as load balancer: a request goes to any server that is ready. It repeats none, since only a client knows what may be repeated.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Balancer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<Balancer> StartAsync(IEnumerable<Uri> servers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddReverseProxy().LoadFromMemory([Route], [ClusterOf(servers)]);
        WebApplication app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        return new Balancer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RouteConfig Route => new()
    {
        RouteId = "all", ClusterId = "servers", Match = new RouteMatch { Path = "{**all}" },
    };

    private static ClusterConfig ClusterOf(IEnumerable<Uri> servers) => new()
    {
        ClusterId = "servers",
        LoadBalancingPolicy = "RoundRobin",
        Destinations = servers.ToDictionary(server => $"{server.Port}", server => new DestinationConfig { Address = server.ToString() }),
        HealthCheck = new HealthCheckConfig
        {
            // One that stands still accepts connections and answers nothing.
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(2), Path = "/health/ready",
                Policy = "ConsecutiveFailures",
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(2),
            },
        },
        HttpRequest = new Yarp.ReverseProxy.Forwarder.ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(10) },
        Metadata = new Dictionary<string, string>
        {
            ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1", ["TransportFailureRateHealthPolicy.RateLimit"] = "0.1",
        },
    };
}
