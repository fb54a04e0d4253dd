using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Towpath.Accept;

/// <summary>What the load generator saw.</summary>
/// <param name="Failed">Answers that were not 2xx, and broken connections.</param>
internal sealed record Load(long Requests, double Seconds, string P50, string P99, long Failed)
{
    /// <summary>Of those that were served.</summary>
    public double PerSecond => (Requests - Failed) / Seconds;
}

/// <summary>The load generator <c>wrk</c>: 32 connections, each with one request under way.</summary>
internal static partial class Wrk
{
    public const int Connections = 32;

    /// <param name="body">Null: GET; else POST of this JSON.</param>
    public static async Task<Load> RunAsync(Uri url, string token, string? body, TimeSpan duration)
    {
        string script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"""
            wrk.headers["X-Auth-Token"] = "{token}"
            {(body is null ? "" : $"wrk.method = \"POST\" wrk.headers[\"Content-Type\"] = \"application/json\" wrk.body = [[{body}]]")}
            """);
        try
        {
            var start = new ProcessStartInfo("wrk",
                ["-t1", $"-c{Connections}", $"-d{duration.TotalSeconds:0}s", "--latency", "-s", script, url.ToString()])
            {
                RedirectStandardOutput = true,
            };
            using Process wrk = Process.Start(start)
                ?? throw new InvalidOperationException("wrk did not start; install it (Debian: apt-get install wrk).");
            string report = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return wrk.ExitCode == 0 ? Read(report) : throw new InvalidOperationException($"wrk ended with {wrk.ExitCode}: {report}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static Load Read(string report)
    {
        Match total = Total().Match(report);
        double seconds = double.Parse(total.Groups[2].Value, CultureInfo.InvariantCulture) * (total.Groups[3].Value == "m" ? 60 : 1);
        long failed = Failures().Matches(report).SelectMany(match => match.Groups[1].Captures)
            .Sum(number => long.Parse(number.Value, CultureInfo.InvariantCulture));
        return new Load(long.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), seconds, Percentile("50"), Percentile("99"),
            failed);

        string Percentile(string which) => Regex.Match(report, $@"^\s+{which}%\s+(\S+)", RegexOptions.Multiline).Groups[1].Value;
    }

    [GeneratedRegex(@"(\d+) requests in ([\d.]+)(s|m)")]
    private static partial Regex Total();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|Socket errors:(?:\D+(\d+))+")]
    private static partial Regex Failures();
}
