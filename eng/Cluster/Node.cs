using System.Diagnostics;
using System.Text;

namespace Towpath.Cluster;

/// <summary>One <c>towpath serve</c> in a process of its own, which is killed, paused and started again.</summary>
internal sealed class Node(int number, int port, string dataFolder, string[] arguments) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _said = new();
    private Process? _process;

    public int Number => number;

    public Uri Url { get; } = new($"http://127.0.0.1:{port}");

    /// <summary>What it wrote to standard error, over all its lives.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Returns once it serves.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "towpath"),
            ["serve", "--data", dataFolder, "--http", $"{port}", "--https", "0", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["TOWPATH_ADMIN_PASSWORD"] = Site.Password;
        Process process = _process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_said) _said.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(s_patience);
        while (await process.StandardOutput.ReadLineAsync(late.Token) is { } line)
            if (line.StartsWith("Data in", StringComparison.Ordinal)) return;
        throw new InvalidOperationException($"Server {number} ended early: {Said}");
    }

    /// <summary>At once, as power failures do it.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM: it ends what it can and gives up the rest in order.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        await _process!.WaitForExitAsync().WaitAsync(s_patience);
        int code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>It stands still and does not know it.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
