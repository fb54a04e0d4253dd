using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>A controller on loopback that answers what the test wrote down, and remembers what it was asked.</summary>
internal sealed class ScriptedController : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> _script = [];
    private readonly ConcurrentQueue<Asked> _asked = [];
    private int _tokens;
    private volatile string? _expired;

    private ScriptedController(X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Everything but logins, in order.</summary>
    public IReadOnlyList<Asked> Requests => [.. _asked.Where(asked => !asked.IsLogin)];

    public string? LastAuthorization => _asked.Last(asked => asked.IsLogin).Authorization;

    public int Logins => _asked.Count(asked => asked.IsLogin);

    public ClientSettings Settings(TimeProvider? time = null) =>
        new() { Url = Url, Username = "admin", Password = "correct", Time = time ?? Hurried() };

    /// <summary>Pauses cost nothing by it, and can be read afterwards.</summary>
    public static ManualTime Hurried() => new(DateTimeOffset.UnixEpoch) { IsHurried = true };

    public static async Task<ScriptedController> StartAsync(X509Certificate2? certificate = null)
    {
        var controller = new ScriptedController(certificate);
        await controller._app.StartAsync();
        return controller;
    }

    /// <summary>
    /// Answers this request (<c>GET task/1</c>, below the family's prefix or from the root) with these, in turn; the last one stays.
    /// </summary>
    public ScriptedController On(string request, params Reply[] replies)
    {
        ConcurrentQueue<Reply> queue = _script.GetOrAdd(request, _ => []);
        foreach (Reply reply in replies) queue.Enqueue(reply);
        return this;
    }

    /// <summary>Refuses this token from now on, whatever it asks.</summary>
    public void Expire(string token) => _expired = token;

    public static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch,
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        using var reader = new StreamReader(request.Body);
        string path = request.Path + request.QueryString.Value;
        var asked = new Asked(request.Method, path, request.Headers["X-Auth-Token"], request.Headers.Authorization,
            await reader.ReadToEndAsync()) { Prefer = request.Headers["Prefer"], Once = request.Headers["Idempotency-Key"],
            LastEvent = request.Headers["Last-Event-ID"] };
        _asked.Enqueue(asked);

        Reply reply = (asked.Token is { } token && token == _expired ? Reply.Error(401, "EXPIRED", "token expired") : null)
            ?? Find(asked) ?? (asked.IsLogin ? Login(asked) : Reply.Error(404, "NOT_FOUND", $"The script has no {asked}"));
        if (reply.Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        if (reply.Drop)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        if (reply.Waits) context.Response.Headers["Preference-Applied"] = asked.Prefer;
        if (reply.RetryAfter is { } retryAfter) context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(reply.Body);
    }

    private Reply? Find(Asked asked)
    {
        if (!_script.TryGetValue(asked.ToString(), out ConcurrentQueue<Reply>? queue)) return null;
        return queue.Count > 1 && queue.TryDequeue(out Reply? next) ? next : queue.TryPeek(out Reply? last) ? last : null;
    }

    private Reply Login(Asked asked) => asked.Path == "/api/v1/ticket"
        ? Reply.Ok($$"""{"response":{"serviceTicket":"ticket-{{Interlocked.Increment(ref _tokens)}}","idleTimeout":900,"sessionTimeout":21600},"version":"1.0"}""")
        : Reply.Ok($$"""{"Token":"token-{{Interlocked.Increment(ref _tokens)}}"}""");
}

internal sealed record Asked(string Method, string Path, string? Token, string? Authorization, string Body)
{
    public string? Prefer { get; init; }

    public string? Once { get; init; }

    public string? LastEvent { get; init; }

    public bool IsLogin => Path is "/dna/system/api/v1/auth/token" or "/api/v1/ticket";

    public override string ToString() =>
        IsLogin ? $"{Method} {Path}" : $"{Method} {Path.Replace("/dna/intent/api/v1/", "", StringComparison.Ordinal).Replace("/api/v1/", "", StringComparison.Ordinal)}";
}

internal sealed record Reply(int Status, string Body, string ContentType = "application/json")
{
    public string? RetryAfter { get; init; }

    /// <summary>Breaks the connection instead of answering.</summary>
    public bool Drop { get; init; }

    public static Reply Ok(string body) => new(200, body);

    public static Reply Response(string response, int status = 200) => new(status, $$"""{"response":{{response}},"version":"1.0"}""");

    public static Reply Error(int status, string code, string message) =>
        Response($$"""{"errorCode":"{{code}}","message":"{{message}}","detail":null,"href":null}""", status);

    /// <summary>Never answers.</summary>
    public bool Hangs { get; init; }

    /// <summary>Says that it has waited.</summary>
    public bool Waits { get; init; }

    public static Reply Lost { get; } = new(0, "") { Drop = true };
}
