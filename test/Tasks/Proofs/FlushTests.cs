namespace Towpath.Tasks.Tests;

/// <summary>Killing a process leaves the system's cache intact; that the log is really flushed before a 202 leaves shows in its system calls only.</summary>
[Collection("server process")]
public sealed class FlushTests : IDisposable
{
    private const int Posts = 100;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("towpath-flush-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Every_202_leaves_after_its_task_is_in_the_log_and_the_log_is_flushed()
    {
        List<string> violations = await ViolationsAsync(synchronous: null);
        Assert.True(violations.Count == 0, $"{violations.Count} of {Posts} promises are broken: {string.Join("; ", violations.Take(5))}");
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task The_same_check_fails_a_server_that_does_not_flush()
    {
        List<string> violations = await ViolationsAsync(synchronous: "OFF");
        Assert.Equal(Posts, violations.Count);
        Assert.All(violations, violation => Assert.Contains("flushed", violation, StringComparison.Ordinal));
    }

    private async Task<List<string>> ViolationsAsync(string? synchronous)
    {
        string trace = Path.Combine(_data.FullName, "strace.txt");
        var accepted = new List<string>();
        using (ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_data.FullName, "data"), synchronous, SystemCalls.Strace(trace)))
        {
            server.Use(await server.LogInAsync());
            for (int i = 0; i < Posts; i++) accepted.Add(await server.AcceptAsync());
        }
        return PromiseOrder.Violations(SystemCalls.Read(File.ReadLines(trace)), accepted);
    }
}
