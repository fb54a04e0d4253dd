using System.Net;

namespace Towpath.Tasks.Tests;

/// <summary>
/// Killing a process leaves the system's cache intact; that the log is really flushed before a 202 leaves shows in its system calls only.
/// </summary>
[Collection("server process")]
public sealed class FlushTests : IDisposable
{
    private const int Posts = 100;

    /// <summary>What somebody might hope to make it faster with, or leave behind in a service's settings.</summary>
    private static readonly (string, string)[] s_variables =
    [
        ("TOWPATH_SQLITE_SYNCHRONOUS", "OFF"), ("SQLITE_SYNCHRONOUS", "OFF"), ("TMPDIR", "/nonexistent"), ("SQLITE_TMPDIR", "/nonexistent"),
        ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"), ("ConnectionStrings__Default", "Data Source=:memory:;Synchronous=OFF"),
        ("ReadOnlyDataProtectionKeyDirectory", "/nonexistent"), ("ASPNETCORE_ReadOnlyDataProtectionKeyDirectory", "/nonexistent"),
        ("DOTNET_ENVIRONMENT", "Development"), ("quartz.jobStore.type", "Quartz.Simpl.RAMJobStore, Quartz"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-flush-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Trace => Path.Combine(_folder.FullName, "strace.txt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Every_202_leaves_after_its_task_is_in_the_log_and_the_log_is_flushed_whatever_the_surroundings_say()
    {
        var accepted = new List<string>();
        using (ServerProcess server = await ServerProcess.StartAsync(Data, s_variables, SystemCalls.Strace(Trace)))
        {
            server.Use(await server.LogInAsync());
            for (int i = 0; i < Posts; i++) accepted.Add(await server.AcceptAsync());
        }
        List<SystemCall> calls = SystemCalls.Read(File.ReadLines(Trace));
        List<string> violations = PromiseOrder.Violations(calls, accepted);
        Assert.True(violations.Count == 0, $"{violations.Count} of {Posts} promises are broken: {string.Join("; ", violations.Take(5))}");

        // The same check fails a server that does the same and does not flush.
        calls.RemoveAll(call => call.Name is "fdatasync" or "fsync");
        violations = PromiseOrder.Violations(calls, accepted);
        Assert.Equal(Posts, violations.Count);
        Assert.All(violations, violation => Assert.Contains("flushed", violation, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Keys_and_other_small_files_are_on_the_disk_before_their_names_are_and_then_the_names_are_too()
    {
        using (ServerProcess server =
            await ServerProcess.StartAsync(Data, "strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=fsync,rename,renameat,renameat2", "-o",
            Trace))
        {
            server.Use(await server.LogInAsync());
            using var credential = new StringContent("""[{"username":"admin","password":"secret"}]""", System.Text.Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.Accepted,
                (await server.Http.PostAsync("/dna/intent/api/v1/global-credential/cli", credential)).StatusCode);
        }
        string[] lines = File.ReadAllLines(Trace);
        var named = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Contains(" rename", StringComparison.Ordinal) || !lines[i].Contains($"\"{Data}/", StringComparison.Ordinal))
                continue;
            string[] names = [.. lines[i].Split('"').Where(part => part.StartsWith(Data, StringComparison.Ordinal))];
            named.Add(Path.GetRelativePath(Data, names[1]));
            Assert.True(Array.FindIndex(lines, 0, i, line => Flushes(line, names[0])) >= 0,
                $"{names[1]} got its name before it was flushed.");
            Assert.True(Array.FindIndex(lines, i, line => Flushes(line, Path.GetDirectoryName(names[1])!)) >= 0,
                $"The folder of {names[1]} was not flushed after it.");
        }
        Assert.Contains(named, name => name.StartsWith("keys/key-", StringComparison.Ordinal));

        static bool Flushes(string line, string path) =>
            line.Contains(" fsync(", StringComparison.Ordinal) && line.Contains($"<{path}>", StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task A_disk_whose_flushes_fail_is_said_to_clients_and_by_ready()
    {
        // The first flushes are those of the start.
        using ServerProcess server = await ServerProcess.StartAsync(
            Data, "strace", "-f", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=80+", "-o",
            Trace);
        server.Use(await server.LogInAsync());
        string? refused = null;
        for (int i = 0; i < 100 && refused is null; i++) refused = await AcceptAsync(server);
        Assert.Contains("ServiceUnavailable", refused, StringComparison.Ordinal);
        Assert.Contains("I/O error", refused, StringComparison.Ordinal);

        string ready = "ready\n";
        while (ready == "ready\n") // an answer is a second old at most
        {
            using HttpResponseMessage answer = await server.Http.GetAsync("/health/ready");
            ready = await answer.Content.ReadAsStringAsync();
        }
        Assert.Contains("I/O error", ready, StringComparison.Ordinal);
    }

    /// <returns>Why not; null when it was accepted.</returns>
    private static async Task<string?> AcceptAsync(ServerProcess server)
    {
        try
        {
            await server.AcceptAsync();
            return null;
        }
        catch (HttpRequestException refused)
        {
            return refused.Message;
        }
    }
}
