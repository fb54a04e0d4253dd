using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Webhooks, called over real connections.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Hooks = "/dna/intent/api/v1/webhook";
    private const string Secret = "a secret of many letters";

    private readonly ManualTime _time = new();
    private readonly Receiver _receiver = new();
    private readonly HookServer _server;

    public WebhookTests() => _server = new HookServer { Time = _time };

    public async Task InitializeAsync()
    {
        await _receiver.StartAsync();
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _receiver.StopAsync();
    }

    [Fact]
    public async Task What_happens_is_told_with_a_signature_and_the_secret_is_never_shown()
    {
        string id = await AddAsync(_receiver.Url);
        await HappensAsync(EventKind.DeviceAdded, "not asked for");
        await HappensAsync(EventKind.DeviceUnreachable, "core-1");
        await RunAsync();

        Call call = await _receiver.NextAsync();
        JsonNode told = JsonNode.Parse(call.Body)!;
        Assert.Equal(id, told["webhookId"]!.GetValue<string>());
        Assert.Equal(("DEVICE_UNREACHABLE", "core-1"),
            (told["event"]!["kind"]!.GetValue<string>(), told["event"]!["deviceName"]!.GetValue<string>()));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
            call.Signature.Split(',')[0]["t=".Length..], CultureInfo.InvariantCulture));
        Assert.Equal(WebhookCaller.Signature(at, call.Body, Secret), call.Signature);
        Assert.NotEqual(WebhookCaller.Signature(at, call.Body, Secret + "!"), call.Signature);

        Answer stored = await _server.GetAsync($"{Hooks}/{id}");
        Assert.True(stored.Response["deliveredTime"]!.GetValue<long>() > 0);
        Assert.DoesNotContain(Secret, stored.Text);
        Assert.DoesNotContain(Secret, (await _server.GetAsync("/api/v1/task")).Text);
    }

    [Fact]
    public async Task A_call_that_fails_is_repeated_later_and_those_behind_it_wait()
    {
        string id = await AddAsync(_receiver.Url);
        _receiver.Status = 503;
        await HappensAsync(EventKind.DeviceUnreachable, "first");
        await HappensAsync(EventKind.DeviceUnreachable, "second");
        await RunAsync();
        JsonNode failing = (await _server.GetAsync($"{Hooks}/{id}")).Response;
        Assert.Equal((1, "It answered 503."), (failing["failures"]!.GetValue<int>(), failing["lastFailure"]!.GetValue<string>()));
        Assert.Equal("first", (await _receiver.NextAsync()).DeviceName);

        await RunAsync(); // too early
        Assert.Equal(1, _receiver.Calls);

        _receiver.Status = 204;
        _time.Jump(TimeSpan.FromSeconds(5));
        await RunAsync();
        string[] told = [(await _receiver.NextAsync()).DeviceName, (await _receiver.NextAsync()).DeviceName];
        Assert.Equal(["first", "second"], told);
        Assert.Equal(0, (await _server.GetAsync($"{Hooks}/{id}")).Response["failures"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _receiver.Status = 302;
        string id = await AddAsync(_receiver.Url);
        await HappensAsync(EventKind.DeviceUnreachable, "core-1");
        await RunAsync();
        Assert.Equal("It answered 302.", (await _server.GetAsync($"{Hooks}/{id}")).Response["lastFailure"]!.GetValue<string>());
        Assert.Equal(1, _receiver.Calls);
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_not_connected_to()
    {
        string id = await AddAsync(new Uri($"http://127.0.0.2:{_receiver.Url.Port}/")), other = await AddAsync(_receiver.Url);
        await HappensAsync(EventKind.DeviceUnreachable, "core-1");
        await RunAsync();
        JsonNode refused = (await _server.GetAsync($"{Hooks}/{id}")).Response;
        Assert.Contains("127.0.0.2, which is not called", refused["lastFailure"]!.GetValue<string>());
        Assert.Equal(other, JsonNode.Parse((await _receiver.NextAsync()).Body)!["webhookId"]!.GetValue<string>());
        Assert.Equal(1, _receiver.Calls);
    }

    [Fact]
    public async Task A_webhook_that_was_removed_is_not_called()
    {
        string id = await AddAsync(_receiver.Url);
        Assert.Single((await _server.GetAsync(Hooks)).Response.AsArray());
        await HappensAsync(EventKind.DeviceUnreachable, "core-1");
        Assert.Equal(202, (await _server.DeleteAsync($"{Hooks}/{id}")).Status);
        Assert.Equal(404, (await _server.GetAsync($"{Hooks}/{id}")).Status);
        Assert.Equal(404, (await _server.DeleteAsync($"{Hooks}/{id}")).Status);
        await RunAsync();
        Assert.Equal(0, _receiver.Calls);
    }

    [Theory]
    [InlineData("""{"url":"ftp://h/","secret":"0123456789abcdef"}""", "url must be an absolute address")]
    [InlineData("""{"url":"http://user:word@h/","secret":"0123456789abcdef"}""", "url must be an absolute address")]
    [InlineData("""{"url":"https://h/","secret":"short"}""", "secret must have 16 to 256")]
    [InlineData("""{"url":"https://h/","secret":"0123456789abcdef","events":["ROLE_CHANGED"]}""",
        "events knows DEVICE_UNREACHABLE, PATH_CHANGED")]
    [InlineData("{}", "url is required")]
    public async Task What_cannot_be_called_is_refused(string body, string problem)
    {
        Answer answer = await _server.PostTextAsync(Hooks, body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(problem, answer.Text);
    }

    private async Task<string> AddAsync(Uri url)
    {
        Answer accepted = await _server.PostAsync(Hooks, new { url, secret = Secret, events = new[] { "DEVICE_UNREACHABLE" } });
        Assert.True(accepted.Status == 202, accepted.Text);
        return (await _server.GetAsync(accepted.Response["url"]!.GetValue<string>())).Response["progress"]!.GetValue<string>();
    }

    private Task HappensAsync(EventKind kind, string name) => _server.Service<IWriter>().CommitAsync(
        [new AddEvents([new NetworkEvent(_time.GetUtcNow(), kind, new DeviceId(Guid.NewGuid()), name)])], default);

    /// <summary>As the schedule does it.</summary>
    private Task RunAsync() =>
        _server.Running.Services.GetServices<ISerialJob>().Single(job => job.Kind == "webhook").RunAsync("", default);

    private sealed class HookServer : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { WebhookNetworks = [IPNetwork.Parse("127.0.0.1/32")] };
    }

    private sealed record Call(byte[] Body, string Signature)
    {
        public string DeviceName => JsonNode.Parse(Body)!["event"]!["deviceName"]!.GetValue<string>();
    }

    /// <summary>Somebody's server on loopback.</summary>
    private sealed class Receiver
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
        private readonly WebApplication _app;
        private int _count;

        public Receiver()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(async context =>
            {
                Interlocked.Increment(ref _count);
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                _calls.Writer.TryWrite(new Call(body.ToArray(), context.Request.Headers["Towpath-Signature"].ToString()));
                context.Response.StatusCode = Status;
                context.Response.Headers.Location = "/elsewhere";
            });
        }

        public Uri Url => new(_app.Urls.Single());

        public int Status { get; set; } = 204;

        public int Calls => Volatile.Read(ref _count);

        public Task StartAsync() => _app.StartAsync();

        public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

        public Task StopAsync() => _app.StopAsync();
    }
}
