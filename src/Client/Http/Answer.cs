using System.Net;
using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Reads an answer, or turns it into a typed error. Answers are not trusted: anything may come back from an address.</summary>
internal static class Answer
{
    /// <summary>The <c>response</c> of the envelope.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken) =>
        (await ReadBareAsync<Envelope<T>>(response, time, cancellationToken).ConfigureAwait(false)).Response
        ?? throw new ApiException(response.StatusCode, $"{Where(response)} answered without a 'response'.");

    /// <summary>The whole answer.</summary>
    public static async Task<T> ReadBareAsync<T>(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw Refusal(response, body, time);
        try
        {
            return JsonSerializer.Deserialize<T>(body, TowpathJson.Options)
                ?? throw new ApiException(response.StatusCode, $"{Where(response)} answered null.");
        }
        catch (JsonException unreadable)
        {
            throw new ApiException(response.StatusCode,
                $"{Where(response)} answered {Kind(response, body)} that is not this API's: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>What the header asks for, never negative; null when it is absent.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        TimeSpan? asked = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static ApiException Refusal(HttpResponseMessage response, byte[] body, TimeProvider time)
    {
        ErrorBody? error = TryReadError(body);
        string reason = error is null
            ? $"{Kind(response, body)} that is not this API's. Is a controller behind this address?"
            : string.Join(' ', new[] { error.Message, error.Detail }.Where(text => !string.IsNullOrEmpty(text)));
        string message = $"{Where(response)} answered {(int)response.StatusCode}: {reason}";
        return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new NotAllowedException(response.StatusCode, message) { ErrorCode = error?.ErrorCode, ErrorMessage = error?.Message,
                Detail = error?.Detail, Href = error?.Href }
            : new ApiException(response.StatusCode, message)
            {
                ErrorCode = error?.ErrorCode,
                ErrorMessage = error?.Message,
                Detail = error?.Detail,
                Href = error?.Href,
                RetryAfter = RetryAfter(response, time),
            };
    }

    private static ErrorBody? TryReadError(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope<ErrorBody>>(body, TowpathJson.Options)?.Response;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Kind(HttpResponseMessage response, byte[] body) =>
        body.Length == 0 ? "an empty body"
            : $"{body.Length} bytes of {response.Content.Headers.ContentType?.MediaType ?? "unnamed content"}";

    private static string Where(HttpResponseMessage response) =>
        $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)}";
}
