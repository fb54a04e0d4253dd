using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Towpath.Network;

namespace Towpath.Scale.Bench;

/// <summary><c>towpath simulate --devices N</c> in a process of its own.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly Process _process;

    private Simulator(Process process, int port, Ipv4Address[] addresses) => (_process, Port, Addresses) = (process, port, addresses);

    public int Port { get; }

    /// <summary>Management addresses.</summary>
    public Ipv4Address[] Addresses { get; }

    public TimeSpan Processor => Refreshed().TotalProcessorTime;

    public long Memory => Refreshed().WorkingSet64;

    public static async Task<Simulator> StartAsync(int devices)
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "towpath.dll"), "simulate", "--devices", devices.ToString(CultureInfo.InvariantCulture),
                "--seed", "7", "--snmp-port", "0", "--json"])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        string text = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text += line;
            if (line.StartsWith('}')) break;
        }
        using var answer = JsonDocument.Parse(text);
        return new Simulator(process, answer.RootElement.GetProperty("port"u8).GetInt32(),
            [.. answer.RootElement.GetProperty("devices"u8).EnumerateArray()
                .Select(device => Ipv4Address.Parse(device.GetProperty("addresses"u8)[0].GetString()!))]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
