using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Towpath.Accounts;
using Towpath.Network;
using Towpath.Server;

namespace Towpath.Scale.Bench;

/// <summary>The whole server in this process, on SQLite, asked over its API.</summary>
internal sealed class Controller : IAsyncDisposable
{
    private const string Password = "bench password 1";
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;
    private readonly HttpClient _http;

    private Controller(WebApplication app, DirectoryInfo data) =>
        (_app, _data, _http) = (app, data, new HttpClient { BaseAddress = new Uri($"{app.Urls.First()}/dna/intent/api/v1/") });

    public IServiceProvider Services => _app.Services;

    public long StoredOctets => _data.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <param name="services">What a measurement puts in the place of the server's own.</param>
    public static async Task<Controller> StartAsync(int snmpPort, Action<IServiceCollection>? services = null)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        var options = new TowpathServerOptions
        {
            DataFolder = data.FullName,
            HttpPort = -1,
            HttpsPort = 0,
            AdminPassword = Password,
            LogLevel = LogLevel.Warning,
            SnmpPort = snmpPort,
            Pace = SearchPace.Unlimited,
            AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))],
        };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddTowpath(options, DataFolder.Open(data.FullName));
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapTowpath();
        await app.Services.GetRequiredService<Administrator>().EnsureAsync(Password, CancellationToken.None);
        await app.Services.GetRequiredService<Installation>().EnsureAsync(CancellationToken.None);
        await app.StartAsync();
        var controller = new Controller(app, data);
        await controller.LogInAsync();
        return controller;
    }

    /// <summary>Returns when the discovery has ended; everything it found is durable then.</summary>
    public async Task DiscoverAsync(string name, IEnumerable<Ipv4Address> addresses)
    {
        string id = await StartAsync(name, addresses);
        while (true)
        {
            string condition = (await GetAsync($"discovery/{id}"))["discoveryCondition"]!.GetValue<string>();
            if (condition == "Complete") return;
            if (condition == "Aborted") throw new InvalidOperationException("The discovery was aborted; see the log.");
            await Task.Delay(500);
        }
    }

    /// <summary>Starts a discovery and returns its id.</summary>
    public async Task<string> StartAsync(string name, IEnumerable<Ipv4Address> addresses)
    {
        var body = new { name, discoveryType = "Multi Range",
            ipAddressList = string.Join(',', addresses.Select(address => $"{address}-{address}")), snmpVersion = "v2",
            snmpROCommunity = "public", timeout = 5, retry = 3 };
        using HttpResponseMessage accepted = await _http.PostAsJsonAsync("discovery", body);
        string task = (await ReadAsync(accepted))["taskId"]!.GetValue<string>();
        string? id = null;
        while (id is null)
        {
            await Task.Delay(50);
            JsonNode ended = await GetAsync($"task/{task}");
            if (ended["isError"]!.GetValue<bool>()) throw new InvalidOperationException(ended.ToJsonString());
            if (ended["endTime"] is not null) id = ended["progress"]!.GetValue<string>();
        }
        return id;
    }

    /// <summary>Ends it, if it has not ended yet.</summary>
    public async Task DeleteDiscoveryAsync(string id)
    {
        using HttpResponseMessage accepted = await _http.DeleteAsync(new Uri($"discovery/{id}", UriKind.Relative));
        string task = (await ReadAsync(accepted))["taskId"]!.GetValue<string>();
        while ((await GetAsync($"task/{task}"))["endTime"] is null) await Task.Delay(50);
    }

    /// <summary>How long the answer is; it is not kept.</summary>
    public async Task<long> ReadAllAsync(string path)
    {
        using HttpResponseMessage answer =
            await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        byte[] piece = new byte[64 * 1024];
        long length = 0;
        while (await body.ReadAsync(piece) is > 0 and var read) length += read;
        return answer.IsSuccessStatusCode ? length : throw new InvalidOperationException($"{path} is {(int)answer.StatusCode}");
    }

    public Task PollAsync(string task) => GetAsync($"task/{task}");

    /// <summary>The trace's task, once a client that asks every 2 ms sees its end.</summary>
    public async Task<string> TraceAsync(string source, string destination)
    {
        using HttpResponseMessage accepted = await _http.PostAsJsonAsync("flow-analysis", new { sourceIP = source, destIP = destination });
        JsonNode reference = await ReadAsync(accepted);
        while (true)
        {
            JsonNode request = (await GetAsync($"flow-analysis/{reference["flowAnalysisId"]}"))["request"]!;
            if (request["status"]!.GetValue<string>() is "COMPLETED" or "FAILED") return reference["taskId"]!.GetValue<string>();
            await Task.Delay(2);
        }
    }

    /// <summary>Returns once it is accepted.</summary>
    public async Task SyncAsync(IEnumerable<DeviceId> devices)
    {
        using HttpResponseMessage accepted = await _http.PutAsJsonAsync("network-device/sync", devices.Select(device => device.ToString()));
        await ReadAsync(accepted);
    }

    /// <summary>Ends the server, and leaves what it stored there.</summary>
    public async Task LeaveInAsync(DirectoryInfo folder)
    {
        await _app.StopAsync();
        foreach (FileInfo file in _data.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension != ".lock"))
        {
            string copy = Path.Combine(folder.FullName, Path.GetRelativePath(_data.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task LogInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        using HttpResponseMessage answer = await _http.SendAsync(request);
        _http.DefaultRequestHeaders.Add("X-Auth-Token",
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Token"]!.GetValue<string>());
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["response"]!
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }
}
