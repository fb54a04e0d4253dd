using System.Diagnostics;

namespace Towpath.Tasks.Tests;

/// <summary>What happens to a server while its clients go on.</summary>
internal enum Loss
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    Stop,

    /// <summary>SIGSTOP for longer than the scheduler is patient with one that is silent, then SIGCONT.</summary>
    Pause,

    /// <summary>Its disk is full for a while, and then has room again.</summary>
    FullDisk,

    /// <summary>Each flush fails with EIO until it is killed.</summary>
    FlushErrors,
}

/// <summary>Draws losses and inflicts them.</summary>
internal static class Losses
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_standstill = TimeSpan.FromSeconds(7); // the scheduler's patience is 6 s

    /// <summary>Each round of ten begins with one of each kind, in an order of its own; then come five more kills.</summary>
    public static IEnumerable<Loss> Draw(int count, Random random)
    {
        Loss[] kinds = Enum.GetValues<Loss>();
        for (int drawn = 0; drawn < count; drawn++)
        {
            int of = drawn % (2 * kinds.Length);
            if (of == 0) random.Shuffle(kinds);
            yield return of < kinds.Length ? kinds[of] : Loss.Kill;
        }
    }

    /// <summary>It stands still meanwhile and does not know it.</summary>
    public static async Task PauseAsync(ServerProcess server)
    {
        await SignalAsync(server, "STOP");
        await Task.Delay(s_standstill);
        await SignalAsync(server, "CONT");
    }

    /// <summary>A stop in order: all that it had begun is written, and it says that it went well.</summary>
    public static async Task StopAsync(ServerProcess server)
    {
        await SignalAsync(server, "TERM");
        Assert.Equal(0, await server.EndedAsync().WaitAsync(s_patience));
    }

    /// <summary>Clients are refused meanwhile.</summary>
    /// <param name="refused">How many have been refused so far.</param>
    public static async Task FillDiskAsync(Server.Tests.SmallDisk disk, Func<int> refused)
    {
        disk.Fill();
        await RefusesAsync(refused);
        disk.MakeRoom();
    }

    /// <summary>Flushes fail, clients are refused, and then the server is killed, since nothing mends such a disk under it.</summary>
    public static async Task FailFlushesAsync(ServerProcess server, Func<int> refused)
    {
        using Process strace = Process.Start("strace", ["-f", "-q", "-p", $"{server.Id}", "-o", "/dev/null",
            "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"]);
        await RefusesAsync(refused);
        await server.KillAsync();
        await strace.WaitForExitAsync().WaitAsync(s_patience); // it ends with the last whom it traces
    }

    private static async Task RefusesAsync(Func<int> refused)
    {
        int before = refused();
        for (long begun = Stopwatch.GetTimestamp(); refused() == before; await Task.Delay(5))
            Assert.True(Stopwatch.GetElapsedTime(begun) < s_patience, "The disk fails, and nobody is refused.");
    }

    private static async Task SignalAsync(ServerProcess server, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{server.Id}"]);
        await kill.WaitForExitAsync();
    }
}
