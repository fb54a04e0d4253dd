using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>The one token of a connection. Concurrent requests that all met 401 renew it once.</summary>
internal sealed class Token(ClientSettings settings,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : IDisposable
{
    private readonly SemaphoreSlim _renewing = new(1);
    private string? _current = settings.Token;

    /// <param name="refused">The token that was just refused; null for whichever there is.</param>
    public async Task<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _current) is { } known && known != refused) return known;
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } renewed && renewed != refused) return renewed;
            string fresh = await LoginAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, fresh);
            return fresh;
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    private async Task<string> LoginAsync(CancellationToken cancellationToken)
    {
        if (settings.Token is not null)
        {
            throw new NotAllowedException(HttpStatusCode.Unauthorized,
                $"The saved login of '{settings.Username}' at {settings.Url} has ended, or was revoked. "
                    + $"Run 'towpath login {settings.Url}'.");
        }
        for (int attempt = 0; ; attempt++)
        {
            using HttpResponseMessage response = await send(settings.Family == ApiFamily.Catalyst
                ? TokenRequest() : TicketRequest(), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                && attempt < settings.Retries
                && (Answer.RetryAfter(response, settings.Time) ?? TimeSpan.FromSeconds(1)) is var pause
                    && pause <= settings.LongestRetryAfter)
            {
                await Task.Delay(pause, settings.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                throw new NotAllowedException(response.StatusCode,
                    $"{settings.Url} does not accept user '{settings.Username}' with this password. Log in again.");
            string? token = settings.Family == ApiFamily.Catalyst
                ? (await Answer.ReadBareAsync<TokenAnswer>(response, settings.Time, cancellationToken).ConfigureAwait(false)).Token
                : (await Answer.ReadAsync<TicketAnswer>(response, settings.Time, cancellationToken).ConfigureAwait(false)).ServiceTicket;
            return token is { Length: > 0 }
                ? token : throw new ApiException(response.StatusCode, $"{settings.Url} answered the login without a token.");
        }
    }

    private HttpRequestMessage TokenRequest()
    {
        byte[] login = Encoding.UTF8.GetBytes($"{settings.Username}:{settings.Password}");
        return new HttpRequestMessage(HttpMethod.Post, "dna/system/api/v1/auth/token")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login)) },
        };
    }

    private HttpRequestMessage TicketRequest()
    {
        var login = new TicketRequest { Username = settings.Username, Password = settings.Password };
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(login, TowpathJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, "api/v1/ticket") { Content = content };
    }
}
