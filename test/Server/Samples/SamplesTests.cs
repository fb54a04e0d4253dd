using System.Diagnostics;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Each program of <c>samples/</c>, started as its reader starts it, against the real server beside the campus.</summary>
[Trait("Needs", "servers")]
public sealed partial class SamplesTests(CampusServer server) : IClassFixture<CampusServer>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples");

    /// <summary>What each prints. The path is the one that the demo prints.</summary>
    private static readonly Dictionary<string, string> s_printed = new()
    {
        ["PathTrace.cs"] = "demo-path.txt",
        ["PathTraceStatistics.cs"] = "sample-path-trace-statistics.txt",
        ["Discovery.cs"] = "sample-discovery.txt",
    };

    public static TheoryData<string> Samples => [.. s_printed.Keys];

    [Fact]
    public void Every_sample_is_run() =>
        Assert.Equal(s_printed.Keys.Order(), Directory.GetFiles(s_folder, "*.cs").Select(file => Path.GetFileName(file)).Order());

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_compiles_and_prints_what_it_promises(string sample)
    {
        string printed = await RunAsync(sample);
        string behindJson = printed[(printed.LastIndexOf("\n}\n", StringComparison.Ordinal) is > 0 and var end ? end + 3 : 0)..];
        Golden.Match(s_printed[sample], Varying().Replace(behindJson, "$1#"));
    }

    private async Task<string> RunAsync(string sample)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(s_folder, sample)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TOWPATH_URL"] = server.Running.HttpUrl!.ToString();
        start.Environment["TOWPATH_USER"] = "admin";
        start.Environment["TOWPATH_PASSWORD"] = TestServer.Password;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{sample} did not end in {s_patience}. It wrote: {await output}{await error}");
        }
        Assert.True(process.ExitCode == 0, $"{sample} ended with {process.ExitCode}: {await output}{await error}");
        return await output;
    }

    /// <summary>Numbers that are others in another run: ids and loads.</summary>
    [GeneratedRegex("(Discovery |CPU |memory | of )[0-9]+")]
    private static partial Regex Varying();
}
