using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Towpath.Commands.Tests;

/// <summary>Runs the built <c>towpath</c> as anybody would, with folders of its own.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("towpath-cli-");

    public string ConfigFolder => Path.Combine(_home.FullName, "config");

    public string DataFolder => Path.Combine(_home.FullName, "data");

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync([], null, arguments);

    public async Task<Ended> RunAsync((string Name, string Value)[] environment, string? input, string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"towpath {string.Join(' ', arguments)} did not end in {s_patience.TotalSeconds} s. It wrote: {await output}{await error}");
        }
        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public Process Start((string Name, string Value)[] environment, params string[] arguments) =>
        Start(Path.Combine(AppContext.BaseDirectory, "towpath"), environment, arguments);

    /// <summary>Starts another program with the same folders.</summary>
    public Process Start(string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("TOWPATH_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["XDG_CONFIG_HOME"] = ConfigFolder;
        start.Environment["XDG_DATA_HOME"] = DataFolder;
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => _home.Delete(recursive: true);
}

internal sealed record Ended(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>It ended with this code, wrote no answer, and one line that says why.</summary>
    public void IsRefused(int code, string reason)
    {
        Assert.True(code == Code, $"exit code {Code}: {Output}{Error}");
        Assert.Equal("", Output);
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("towpath: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}

/// <summary>Ports that nobody used a moment ago.</summary>
internal static class FreePort
{
    public static int Tcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static int Udp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
