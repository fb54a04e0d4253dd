using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Around every answer but tokens and files. <c>version</c> is the envelope's, always 1.0.</summary>
/// <param name="Response">An object, an array, an integer (counts) or a text.</param>
public sealed record Envelope<T>(T Response, string Version = "1.0");

/// <summary>The <c>response</c> of every 4xx and 5xx, the server's own 404, 405, 413, 415 and 500 included.</summary>
/// <param name="ErrorCode">A word that scripts may compare; it does not change between releases.</param>
/// <param name="Message">One sentence: what happened, to what.</param>
public sealed record ErrorBody(string ErrorCode, string Message)
{
    /// <summary>What to try, or all problems of a refused request; null when the message says it all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Detail { get; init; }

    /// <summary>Where to read on; null when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Href { get; init; }
}

/// <summary>The <c>response</c> of the counts that are objects (<c>/tasks/count</c>); the others are integers.</summary>
public sealed record CountResult(int Count);
