using System.Diagnostics;
using System.Text;

namespace Towpath.Commands.Tests;

/// <summary>A <c>towpath demo</c> in a process of its own, on ports that were free.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private RunningDemo(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, said) => { lock (_error) _error.AppendLine(said.Data); };
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything up to the line that says how to stop it.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The lines that are path elements.</summary>
    public string Path =>
        string.Concat(Lines.SkipWhile(line => !line.StartsWith("The path from", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.Length > 0).Select(line => $"{line}\n"));

    public string Error
    {
        get { lock (_error) return _error.ToString(); }
    }

    public static Task<RunningDemo> StartAsync(Tool tool, params string[] more) => StartAsync(tool, [], more);

    public static async Task<RunningDemo> StartAsync(Tool tool, (string Name, string Value)[] environment, params string[] more)
    {
        var demo = new RunningDemo(tool.Start(environment, [
            "demo", "--http", $"{FreePort.Tcp()}", "--https", $"{FreePort.Tcp()}", "--snmp-port", $"{FreePort.Udp()}", .. more]));
        using var late = new CancellationTokenSource(s_patience);
        while (await demo._process.StandardOutput.ReadLineAsync(late.Token) is { } line)
        {
            demo.Lines.Add(line);
            if (line.EndsWith("stops.", StringComparison.Ordinal)) return demo;
        }
        await demo.DisposeAsync();
        throw new InvalidOperationException($"The demo ended early: {string.Join('\n', demo.Lines)}\n{demo.Error}");
    }

    /// <summary>What a server says with <c>--json</c> once it serves.</summary>
    public static async Task<string> ReadJsonAsync(Process server)
    {
        using var late = new CancellationTokenSource(s_patience);
        var text = new StringBuilder();
        while (await server.StandardOutput.ReadLineAsync(late.Token) is { } line)
        {
            text.AppendLine(line);
            if (line == "}") return text.ToString();
        }
        throw new InvalidOperationException($"The server ended early: {text}{await server.StandardError.ReadToEndAsync(late.Token)}");
    }

    /// <summary>Sends the signal and returns the exit code.</summary>
    public async Task<int> StopAsync(string signal)
    {
        using (Process kill = Process.Start("kill", [signal, $"{_process.Id}"])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        _process.Dispose();
    }
}
