using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>
/// Calls a webhook: one POST, signed, without redirects, proxies and cookies; of the answer only the status counts, and no more is read.
/// Name, connection and answer together have 10 s.
/// </summary>
internal sealed class WebhookCaller : IWebhookCaller, IDisposable
{
    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 of the time, a dot and the body, with the webhook's secret as UTF-8.</summary>
    public const string SignatureHeader = "Towpath-Signature";

    /// <summary>An event's rows are bounded where they are read; a longer body is not sent.</summary>
    private const int MostOctets = 256 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly ReachableAddresses _reachable;
    private readonly AnswerJson _json;
    private readonly TimeProvider _time;

    public WebhookCaller(ReachableAddresses reachable, AnswerJson json, TimeProvider time)
    {
        (_reachable, _json, _time) = (reachable, json, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16, // KiB
        };
        _http = new HttpClient(handler) { Timeout = s_patience };
    }

    public async Task<string?> CallAsync(Webhook webhook, string secret, NetworkEvent happened, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookCall { WebhookId = webhook.Id.ToString(), Event = EventsEndpoints.Item(happened) }, _json.Of<WebhookCall>());
        if (body.Length > MostOctets) return null; // nobody can be told; the list of events has it
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, Signature(_time.GetUtcNow(), body, secret));
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode
                ? null : string.Create(CultureInfo.InvariantCulture, $"It answered {(int)answer.StatusCode}.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It did not answer within {s_patience.TotalSeconds:0} s.");
        }
        catch (HttpRequestException failed)
        {
            return Texts.Shorten(failed.InnerException is ForbiddenAddressException forbidden ? forbidden.Message : failed.Message);
        }
    }

    /// <summary>See <see cref="SignatureHeader"/>.</summary>
    public static string Signature(DateTimeOffset at, byte[] body, string secret)
    {
        string seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{seconds}."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The name is resolved here, and nothing is connected to but what was looked at.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] allowed = [.. addresses.Where(_reachable.Allows)];
        if (allowed.Length == 0) throw new ForbiddenAddressException(context.DnsEndPoint.Host, addresses);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name stands for addresses only that are not called.</summary>
internal sealed class ForbiddenAddressException(string host, IReadOnlyList<IPAddress> addresses) : Exception(
    $"{host} is {string.Join(", ", addresses.Take(3))}, which is not called. Allow it with 'towpath serve --webhook-allow PREFIX'.");
