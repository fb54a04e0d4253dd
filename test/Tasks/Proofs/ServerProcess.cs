using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Towpath.Tasks.Tests;

/// <summary>The real server, <c>towpath serve</c>, as a process of its own that can be killed; and a client of it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Password = "proof password 1";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3); // a busy machine, and a process that is traced

    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Keeps its connections.</summary>
    public HttpClient Http { get; }

    public int Id => _process.Id;

    /// <summary>Starts it on a data folder and returns once it serves.</summary>
    /// <param name="under">A command that starts it, for instance strace with its options.</param>
    public static Task<ServerProcess> StartAsync(string dataFolder, params string[] under) => StartAsync(dataFolder, [], under);

    /// <summary>The same, and nothing that it sends to 10.0.0.0/8 leaves this machine.</summary>
    public static Task<ServerProcess> StartMappedAsync(string dataFolder) =>
        StartAsync(dataFolder, [], [], "--map", "10.0.0.0/8=127.0.0.0/8");

    /// <param name="variables">Of its surroundings, beside those of the test.</param>
    public static Task<ServerProcess> StartAsync(string dataFolder, (string Name, string Value)[] variables, params string[] under) =>
        StartAsync(dataFolder, variables, under, []);

    private static async Task<ServerProcess> StartAsync(
        string dataFolder, (string Name, string Value)[] variables, string[] under, params string[] options)
    {
        int port = FreePort();
        string[] command =
        [
            .. under, "dotnet", Path.Combine(AppContext.BaseDirectory, "towpath.dll"),
            "serve", "--data", dataFolder, "--http", $"{port}", "--https", "0", .. options,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TOWPATH_ADMIN_PASSWORD"] = Password;
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, new Uri($"http://127.0.0.1:{port}"));
        if (await server.IsReadyAsync()) return server;
        server.Dispose();
        lock (said) throw new InvalidOperationException($"The server did not start: {said}");
    }

    public async Task<string> LogInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token");
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        using HttpResponseMessage answer = await Http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("Token").GetString()!;
    }

    /// <summary>From now on, with nobody asking meanwhile.</summary>
    public void Use(string token)
    {
        Http.DefaultRequestHeaders.Remove("X-Auth-Token");
        Http.DefaultRequestHeaders.Add("X-Auth-Token", token);
    }

    /// <summary>Asks for a path trace that fails, since the network is empty.</summary>
    /// <returns>The id of the accepted task.</returns>
    /// <exception cref="HttpRequestException">The server is gone, or did not accept.</exception>
    public async Task<string> AcceptAsync()
    {
        using var body = new StringContent("""{"sourceIP":"10.9.0.1","destIP":"10.9.0.2"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Http.PostAsync("/dna/intent/api/v1/flow-analysis", body);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw new HttpRequestException($"Not accepted: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("response").GetProperty("taskId").GetString()!;
    }

    /// <summary>A whole list of the API, page by page: the text of each element by its id.</summary>
    public async Task<Dictionary<string, JsonElement>> ListAsync(string path)
    {
        var found = new Dictionary<string, JsonElement>();
        for (int offset = 1; ; offset += 500)
        {
            using var page = JsonDocument.Parse(await Http.GetStringAsync($"/dna/intent/api/v1/{path}?offset={offset}&limit=500"));
            JsonElement items = page.RootElement.GetProperty("response");
            foreach (JsonElement item in items.EnumerateArray()) found[item.GetProperty("id").GetString()!] = item.Clone();
            if (items.GetArrayLength() < 500) return found;
        }
    }

    /// <summary>SIGKILL: nothing of the process runs after it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Returns once it says that it is ready, after something that it has survived.</summary>
    public async Task ReadyAsync() => Assert.True(await IsReadyAsync(), "The server is not ready again.");

    /// <returns>Its exit code, once it has ended.</returns>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < s_patience)
        {
            try
            {
                using HttpResponseMessage answer = await Http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(50);
        }
        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
