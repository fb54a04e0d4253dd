namespace Towpath.Server;

/// <summary>A request is refused. One mapper turns it into the API's error envelope; see <see cref="ErrorEnvelope"/>.</summary>
/// <param name="status">The HTTP status, 400..599.</param>
/// <param name="errorCode">A constant word that scripts can test.</param>
/// <param name="message">What happened, to what.</param>
/// <param name="detail">All problems, or what to try; null when the message says it all.</param>
internal sealed class ApiException(int status, string errorCode, string message, string? detail = null) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorCode { get; } = errorCode;

    public string? Detail { get; } = detail;

    /// <summary>Short and honest: common clients wait exactly this long, and repeat without bound.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>400, with every problem of the request at once.</summary>
    public static ApiException Malformed(params IReadOnlyList<string> problems) => new(
        StatusCodes.Status400BadRequest, "BAD_REQUEST",
        problems.Count == 1 ? problems[0] : $"The request has {problems.Count} problems: {problems[0]}",
        problems.Count == 1 ? null : string.Join(' ', problems));

    /// <summary>What is not found would be a part of the network: another server may have found it a moment ago.</summary>
    public bool IsOfNetwork { get; init; }

    /// <summary>404 for an id that does not exist, or is no id at all.</summary>
    /// <param name="what">For instance "task".</param>
    public static ApiException NotFound(string what, string id) => new(
        StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no {what} with the id '{Texts.Shorten(id)}'.");

    /// <summary>The same for a part of the network.</summary>
    public static ApiException NotInNetwork(string what, string id) =>
        NotInNetwork($"There is no {what} with the id '{Texts.Shorten(id)}'.");

    public static ApiException NotInNetwork(string message) =>
        new(StatusCodes.Status404NotFound, "NOT_FOUND", message) { IsOfNetwork = true };

    public static ApiException Conflict(string message, string? detail = null) =>
        new(StatusCodes.Status409Conflict, "CONFLICT", message, detail);

    public static ApiException Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", message,
        "Get a token with POST /dna/system/api/v1/auth/token (Basic) or POST /api/v1/ticket and send it as the header X-Auth-Token.");

    public static ApiException TooManyRequests(string message, int retryAfterSeconds) => new(StatusCodes.Status429TooManyRequests,
        "TOO_MANY_REQUESTS", message)
    {
        RetryAfterSeconds = retryAfterSeconds,
    };
}
