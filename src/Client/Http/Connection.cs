using System.Globalization;
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

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

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

    /// <summary>
    /// Reads what may not be there yet: a controller that can waits for it (RFC 7240), up to <see cref="s_longestWait"/>.
    /// </summary>
    /// <param name="left">How long there is time; nothing is asked to wait longer than half of what a request may take.</param>
    /// <returns>With whether the controller has waited; many others do not know how to.</returns>
    public async Task<(T Answer, bool HasWaited)> GetWaitingAsync<T>(string path, TimeSpan left, CancellationToken cancellationToken)
    {
        int wait = (int)Math.Floor(new[] { left, _settings.RequestTimeout / 2, s_longestWait }.Min().TotalSeconds);
        bool hasWaited = false;
        T answer = await SendAsync(
            HttpMethod.Get, path, null, request => AskToWait(request, wait),
            response =>
            {
                hasWaited = response.Headers.Contains("Preference-Applied");
                return Answer.ReadAsync<T>(response, Time, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        return (answer, hasWaited);

        static void AskToWait(HttpRequestMessage request, int seconds)
        {
            if (seconds > 0) request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={seconds}"));
        }
    }

    /// <param name="path">Below the family's prefix, query included.</param>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) => SendAsync(
        method, path, body, static _ => { }, response => Answer.ReadAsync<T>(response, Time, cancellationToken), cancellationToken);

    /// <summary>How often a request is repeated at most.</summary>
    public int Retries => _settings.Retries;

    /// <summary>Opens a stream of server-sent events, after the one with this id. The caller closes both.</summary>
    /// <exception cref="ApiException">The controller refuses, or what it sends is no such stream.</exception>
    public async Task<(HttpResponseMessage Response, Stream Body)> OpenAsync(
        string path, string? lastEventId, CancellationToken cancellationToken)
    {
        string? token = await _token.GetAsync(null, cancellationToken).ConfigureAwait(false);
        for (bool renewed = false; ; renewed = true)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"{Prefix}/{path}");
            request.Headers.Add("X-Auth-Token", token);
            request.Headers.Accept.ParseAdd("text/event-stream");
            if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
            HttpResponseMessage response = await SendOnceAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                return (response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            using (response)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !renewed)
                    token = await _token.GetAsync(token, cancellationToken).ConfigureAwait(false);
                else if (response.IsSuccessStatusCode)
                    throw new ApiException(response.StatusCode, $"{_settings.Url} answers {path} with no stream of events.");
                else await Answer.ReadAsync<ErrorBody>(response, Time, cancellationToken).ConfigureAwait(false); // throws the refusal
            }
        }
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, Action<HttpRequestMessage> prepare, Func<HttpResponseMessage, Task<T>> read,
        CancellationToken cancellationToken)
    {
        string? token = await _token.GetAsync(null, cancellationToken).ConfigureAwait(false);
        bool renewed = false;
        string? once = method == HttpMethod.Get ? null : IdempotencyKey.Current;
        for (int attempt = 0; ; attempt++)
        {
            HttpResponseMessage response;
            try
            {
                response = await SendOnceAsync(Request(token), cancellationToken).ConfigureAwait(false);
            }
            catch (NotReachableException) when ((method == HttpMethod.Get || once is not null) && attempt < _settings.Retries)
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
                return await read(response).ConfigureAwait(false);
            }
        }

        HttpRequestMessage Request(string? currentToken)
        {
            var request = new HttpRequestMessage(method, $"{Prefix}/{path}");
            prepare(request);
            if (once is not null) request.Headers.Add("Idempotency-Key", once);
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
    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendOnceAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                return await _http.SendAsync(request, until, cancellationToken).ConfigureAwait(false);
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
