using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>What a collector of metrics gets, and who gets it.</summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private const string Token = "a-token-for-metrics-alone";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-metrics-");
    private MetricsServer? _server;

    private MetricsServer Server => _server!;

    public async Task InitializeAsync()
    {
        string file = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(file, Token + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _server = new MetricsServer(file);
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_trace_is_seen_in_the_counters_of_tasks_traces_and_the_writer()
    {
        Answer accepted = await Server.PostAsync("/dna/intent/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        await Server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Answer metrics = await Server.GetAsync("/metrics");
        Assert.Equal((200, "text/plain"), (metrics.Status, metrics.Message.Content.Headers.ContentType!.MediaType));
        string[] expected =
        [
            """^towpath_task_accepted_total\{.*kind="flow-analysis".*\} [1-9]""",
            """^towpath_task_ended_total\{.*kind="flow-analysis".*outcome="failed".*\} [1-9]""",
            """^towpath_task_duration_seconds_count\{.*kind="flow-analysis".*\} [1-9]""",
            """^towpath_trace_computed_total\{.*ending="SourceNotFound".*\} [1-9]""",
            """^towpath_storage_commit_duration_seconds_count(\{.*\})? [1-9]""",
            """^towpath_storage_size_bytes\{.*part="log".*\} [1-9]""",
            """^towpath_storage_free_bytes(\{.*\})? [1-9]""",
            """^towpath_snmp_sent_total(\{.*\})? 0""",
            """^towpath_ready(\{.*\})? 1""",
            """^http_server_request_duration_seconds_count\{""",
        ];
        Assert.All(expected, pattern => Assert.Matches(new Regex(pattern, RegexOptions.Multiline), metrics.Text));
    }

    [Fact]
    public async Task The_page_names_each_instrument_and_no_other()
    {
        var live = new SortedSet<string>(StringComparer.Ordinal);
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("Towpath.", StringComparison.Ordinal)) live.Add(instrument.Name);
            };
            listener.Start();
        }
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"));
        Assert.Equal(live, PageRow().Matches(page).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_there_are_none_and_their_own_token_opens_nothing_else()
    {
        using HttpClient client = Server.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/dna/intent/api/v1/task")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/metrics", null)).StatusCode);
    }

    [Theory]
    [InlineData("short", UnixFileMode.UserRead, "fewer than 16 letters")]
    [InlineData("a-token-for-metrics-alone", UnixFileMode.UserRead | UnixFileMode.OtherRead, "chmod 600")]
    [InlineData(null, UnixFileMode.UserRead, "--metrics-token")]
    public void A_token_that_is_no_secret_is_refused(string? token, UnixFileMode mode, string words)
    {
        if (OperatingSystem.IsWindows()) return;
        string file = Path.Combine(_folder.FullName, "other");
        if (token is not null)
        {
            File.WriteAllText(file, token);
            File.SetUnixFileMode(file, mode);
        }
        var refusal = Assert.Throws<ServerStartException>(() => MetricsToken.Read(file));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        if (token is not null) Assert.DoesNotContain(token, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_sent_by_OTLP_where_the_variables_say_so()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var sending = new MetricsServer(null)
        {
            Variables = new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            },
        };
        await sending.InitializeAsync();
        try
        {
            using TcpClient exporter = await collector.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(20));
            using var reader = new StreamReader(exporter.GetStream());
            Assert.Equal("POST /v1/metrics HTTP/1.1", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        }
        finally
        {
            await sending.DisposeAsync();
        }
    }

    [GeneratedRegex(@"^\| `(towpath\.[a-z.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex PageRow();

    private sealed class MetricsServer(string? tokenFile) : TestServer
    {
        public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { MetricsTokenFile = tokenFile, OpenTelemetry = Variables };
    }
}
