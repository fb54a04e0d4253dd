using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Sends requests with a token and turns answers into values or typed errors. Renews the token, and repeats what may be repeated.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan[] s_pauses = [.. new[] { 250, 500, 1000, 2000 }.Select(pause => TimeSpan.FromMilliseconds(pause))];

    private readonly ClientSettings _settings;
    private readonly HttpClient _http;
    private readonly Token _token;

    public Connection(ClientSettings settings)
    {
        _settings = settings;
        Certificate = new PinnedCertificate(settings.Url, settings.Fingerprint);
        _http = new HttpClient(Certificate.Handler())
        {
            BaseAddress = new Uri(settings.Url, "/"),
            Timeout = settings.RequestTimeout,
            MaxResponseContentBufferSize = 256 * 1024 * 1024, // a page of 500 of anything is far smaller; an endless answer is not read
        };
        _token = new Token(settings, SendOnceAsync);
    }

    /// <summary><c>/dna/intent/api/v1</c> or <c>/api/v1</c>.</summary>
    public string Prefix => _settings.Family == ApiFamily.Catalyst ? "dna/intent/api/v1" : "api/v1";

    public TimeProvider Time => _settings.Time;

    private PinnedCertificate Certificate { get; }

    public Task LoginAsync(CancellationToken cancellationToken) => _token.GetAsync(null, cancellationToken);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    /// <param name="path">Below the family's prefix, query included.</param>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        string? token = await _token.GetAsync(null, cancellationToken).ConfigureAwait(false);
        bool renewed = false;
        for (int attempt = 0; ; attempt++)
        {
            HttpResponseMessage response;
            try
            {
                response = await SendOnceAsync(Request(token), cancellationToken).ConfigureAwait(false);
            }
            catch (NotReachableException) when (method == HttpMethod.Get && attempt < _settings.Retries)
            {
                await Task.Delay(Pause(attempt), Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using (response)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !renewed)
                {
                    token = await _token.GetAsync(token, cancellationToken).ConfigureAwait(false);
                    renewed = true;
                    continue;
                }
                if (attempt < _settings.Retries && WorthWaiting(method, response, attempt) is { } pause)
                {
                    await Task.Delay(pause, Time, cancellationToken).ConfigureAwait(false);
                    continue;
                }
                return await Answer.ReadAsync<T>(response, Time, cancellationToken).ConfigureAwait(false);
            }
        }

        HttpRequestMessage Request(string? currentToken)
        {
            var request = new HttpRequestMessage(method, $"{Prefix}/{path}");
            request.Headers.Add("X-Auth-Token", currentToken);
            if (body is null) return request;
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), TowpathJson.Options));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        }
    }

    public void Dispose()
    {
        _token.Dispose();
        _http.Dispose();
    }

    /// <summary>One request, any answer.</summary>
    /// <exception cref="NotReachableException">There is no answer.</exception>
    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException failed)
            {
                throw Certificate.Explain(_settings.Url, failed);
            }
            catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new NotReachableException(_settings.Url, $"{_settings.Url} did not answer within "
                    + $"{_settings.RequestTimeout.TotalSeconds:0.#} s. Check the address and the way to it.", late);
            }
        }
    }

    /// <summary>
    /// How long to wait before this refusal is asked again; null to give up. 429 says that nothing was done; so does 503 with a
    /// Retry-After, while a bare 503 may come from a proxy after the work was done, so only reads are repeated after it.
    /// </summary>
    private TimeSpan? WorthWaiting(HttpMethod method, HttpResponseMessage response, int attempt)
    {
        TimeSpan? asked = Answer.RetryAfter(response, Time);
        bool again = response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode == HttpStatusCode.ServiceUnavailable && (asked is not null || method == HttpMethod.Get));
        if (!again || asked > _settings.LongestRetryAfter) return null;
        return asked ?? Pause(attempt);
    }

    private static TimeSpan Pause(int attempt) => s_pauses[Math.Min(attempt, s_pauses.Length - 1)];
}
