using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Towpath.Accept;

/// <summary>The real thing: <c>towpath demo</c> in a process of its own, with the simulated campus discovered.</summary>
internal sealed class CampusServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly DirectoryInfo _data;
    private readonly HttpClient _http;

    private CampusServer(Process process, DirectoryInfo data, Uri url) =>
        (_process, _data, _http, Url) = (process, data, new HttpClient { BaseAddress = url }, url);

    public Uri Url { get; }

    public string Token { get; private set; } = "";

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<CampusServer> StartAsync()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        int port = FreePort();
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "towpath.dll"), "demo", "--data", Path.Combine(data.FullName, "data"), "--http",
                $"{port}", "--https", "0", "--snmp-port", "0"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TOWPATH_ADMIN_PASSWORD"] = Login.Password;
        start.Environment["XDG_CONFIG_HOME"] = data.FullName; // the demo saves its login; not over the user's
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new CampusServer(process, data, new Uri($"http://127.0.0.1:{port}"));
        await server.ReadyAsync();
        server.Token = await Login.TokenAsync(server._http);
        server._http.DefaultRequestHeaders.Add("X-Auth-Token", server.Token);
        return server;
    }

    /// <summary>Returns once everything that was accepted has ended.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            using var json = JsonDocument.Parse(await _http.GetStringAsync("/dna/intent/api/v1/tasks/count?status=PENDING"));
            if (json.RootElement.GetProperty("response"u8).GetProperty("count"u8).GetInt32() == 0) return;
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task ReadyAsync()
    {
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_patience; await Task.Delay(100))
        {
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
        throw new TimeoutException("The demo is not ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
