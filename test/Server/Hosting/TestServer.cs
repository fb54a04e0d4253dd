using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>The real server in this process, on free ports and a data folder of its own. One for the tests of a class.</summary>
public class TestServer : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");
    private RunningServer? _server;

    public RunningServer Running => _server ?? throw new InvalidOperationException("The server is not started yet.");

    public string DataFolder => _folder.FullName;

    /// <summary>What a test adds to the composition.</summary>
    internal Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? Services { get; init; }

    /// <summary>False where nobody can.</summary>
    internal bool LogsIn { get; init; } = true;

    /// <summary>The clock of everything.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Signed in as the administrator.</summary>
    public HttpClient Http { get; private set; } = new();

    public T Service<T>() where T : notnull =>
        (T)(Running.Services.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not registered."));

    public virtual async Task InitializeAsync()
    {
        var options = new TowpathServerOptions { DataFolder = DataFolder, HttpPort = -1, HttpsPort = 0, AdminPassword = Password,
            Services = Services, Time = Time };
        _server = await TowpathServer.StartAsync(Configure(options), default);
        Http = NewClient();
        if (LogsIn) Http.DefaultRequestHeaders.Add("X-Auth-Token", await TokenAsync());
    }

    /// <summary>For fixtures that need a server of another kind.</summary>
    protected virtual TowpathServerOptions Configure(TowpathServerOptions options) => options;

    /// <summary>A client without a token.</summary>
    public HttpClient NewClient() => new() { BaseAddress = Running.HttpUrl, Timeout = TimeSpan.FromSeconds(30) };

    public async Task<string> TokenAsync()
    {
        using HttpClient client = NewClient();
        using HttpResponseMessage answer = await client.SendAsync(TokenRequest("admin", Password));
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Token"]!.GetValue<string>();
    }

    public static HttpRequestMessage TokenRequest(string name, string password) => new(HttpMethod.Post, "/dna/system/api/v1/auth/token")
    {
        Headers = { Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))) },
    };

    public async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await Http.GetAsync(path));

    public async Task<Answer> DeleteAsync(string path) => await Answer.OfAsync(await Http.DeleteAsync(path));

    public async Task<Answer> PutAsync(string path, object body) =>
        await Answer.OfAsync(await Http.PutAsync(path,
            new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json")));

    public async Task<Answer> PostAsync(string path, object body) => await PostTextAsync(path, JsonSerializer.Serialize(body));

    public async Task<Answer> PostTextAsync(string path, string json, string mediaType = "application/json") =>
        await Answer.OfAsync(await Http.PostAsync(path, new StringContent(json, Encoding.UTF8, mediaType)));

    /// <summary>The task, once it has ended. The engine tells the end, so nothing is polled.</summary>
    public async Task<JsonObject> EndOfTaskAsync(string taskId)
    {
        await Service<TaskEngine>()
            .WaitForEndAsync(TaskId.Parse(taskId), new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return (await GetAsync($"/dna/intent/api/v1/task/{taskId}")).Response.AsObject();
    }

    /// <summary>Checks that a write was accepted and returns its ended task.</summary>
    public async Task<JsonObject> EndAsync(Task<Answer> write)
    {
        Answer accepted = await write;
        Assert.True(accepted.Status == 202, accepted.Text);
        string id = accepted.Response["taskId"]!.GetValue<string>();
        // Ten devices are read whole, on a machine that may be busy with other tests.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Service<TaskEngine>().WaitForEndAsync(TaskId.Parse(id), patience.Token);
        return (await GetAsync($"/dna/intent/api/v1/task/{id}")).Response.AsObject();
    }

    public virtual async Task DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>An answer that has been read whole.</summary>
public sealed record Answer(int Status, HttpResponseMessage Message, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>What the envelope holds.</summary>
    public JsonNode Response => Json["response"] ?? throw new InvalidOperationException($"No response in {Text}");

    public static async Task<Answer> OfAsync(HttpResponseMessage message) =>
        new((int)message.StatusCode, message, await message.Content.ReadAsStringAsync());
}
