using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Towpath.Server.Tests;

/// <summary>What an answer must be, whatever was asked.</summary>
internal static partial class Verdict
{
    /// <summary>Null when the answer is as it must be.</summary>
    /// <param name="mayBeNoHttp">The connection may have been closed without an answer.</param>
    public static string? Problem(RawAnswer answer, string method, bool mayBeNoHttp)
    {
        (int status, string headers, string body) = answer;
        if (mayBeNoHttp && status == 0) return null;
        if (status >= 500 && status is not (501 or 503)) return $"the status is {status}";
        bool isMetrics = status == 200 && body.StartsWith("# TYPE", StringComparison.Ordinal); // they name the runtime's own meters
        bool isFile = status == 200 && PackageFile().IsMatch(headers); // what /docs shows: it is public, and speaks of whatever it likes
        if (!isMetrics && !isFile && Leak().Match(body) is { Success: true } leak) return $"it shows '{leak.Value}'";
        if (!headers.Contains("nosniff", StringComparison.Ordinal)) return "it lacks nosniff";
        string keeping = isFile ? "no-cache" : "no-store"; // a browser may keep a file, and asks whether it is still the same
        if (!headers.Contains(keeping, StringComparison.Ordinal)) return $"it lacks {keeping}";
        return status is >= 200 and < 300 || method == "HEAD" ? null : EnvelopeProblem(headers, body);
    }

    private static string? EnvelopeProblem(string headers, string body)
    {
        if (!headers.Contains("application/json", StringComparison.Ordinal)) return "it is no JSON";
        try
        {
            JsonNode? answer = JsonNode.Parse(body);
            bool isEnvelope = answer?["response"]?["errorCode"]?.GetValue<string>() is { Length: > 0 }
                && answer["response"]?["message"]?.GetValue<string>() is { Length: > 0 } && answer["version"]?.GetValue<string>() == "1.0";
            return isEnvelope ? null : "it is not in the envelope of errors";
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return $"its JSON is broken: {problem.Message}";
        }
    }

    [GeneratedRegex(@"\r?\n\s+at \S|\w+Exception\b|\.cs:line|\bSystem\.[A-Z]|Microsoft\.|SQLite Error|Kestrel|at Towpath\.")]
    private static partial Regex Leak();

    [GeneratedRegex(@"^Content-Type: (text/javascript|image/svg\+xml)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex PackageFile();
}
