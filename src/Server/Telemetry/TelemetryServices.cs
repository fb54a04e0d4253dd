using System.Collections;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Towpath.Collection;
using Towpath.FlowAnalysis;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Metrics, by OpenTelemetry: served at <c>/metrics</c>, and sent where the standard's variables say so.</summary>
internal static class TelemetryServices
{
    private const string Prefix = "OTEL_";

    private static readonly string[] s_endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    public static IReadOnlyDictionary<string, string?> FromEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value);

    /// <exception cref="ServerStartException">The token of <c>/metrics</c> cannot be read.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder, TowpathServerOptions options, DataFolder folder)
    {
        builder.Configuration.AddInMemoryCollection(options.OpenTelemetry); // nothing else of the surroundings counts
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(MetricsToken.Read(options.MetricsTokenFile));
        builder.Services.AddHostedService<ProcessMeters>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                options.OpenTelemetry.GetValueOrDefault("OTEL_SERVICE_NAME") ?? "towpath", serviceVersion: BackupManifest.OwnVersion))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(ProcessMeters.MeterName, TaskMeters.MeterName, StorageMeters.MeterName, CollectionMeters.MeterName,
                    TraceMeters.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
                metrics.AddPrometheusExporter();
                if (s_endpoints.Any(name => options.OpenTelemetry.GetValueOrDefault(name) is { Length: > 0 })) metrics.AddOtlpExporter();
            });
    }

    /// <summary>For a token as everything else, and for that of <see cref="MetricsToken"/>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder api) => api.MapPrometheusScrapingEndpoint("/metrics")
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), MetricsRoute.Instance)
        .Listed().GivesText("Metrics for Prometheus.");
}
