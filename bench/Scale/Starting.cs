using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Scale.Bench;

/// <summary>How soon a server serves, and is ready, that finds many devices and tasks.</summary>
internal static class Starting
{
    private const int AtOnce = 1000, Rounds = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <param name="program">Another build of <c>towpath</c> than the one beside this program; null: that one.</param>
    public static async Task MeasureAsync(int devices, int tasks, string? program)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        try
        {
            await FillAsync(data, devices, tasks);
            for (int round = 0; round < Rounds; round++)
            {
                (double serves, double ready, double processor) = await StartAsync(data, program);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{devices} devices, {tasks} tasks: ")
                    + string.Create(CultureInfo.InvariantCulture, $"serves after {serves:0.00} s, ready after {ready:0.00} s, ")
                    + string.Create(CultureInfo.InvariantCulture, $"{processor:0.00} s of processor"));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(DirectoryInfo data, int devices, int tasks)
    {
        await using Simulator simulator = await Simulator.StartAsync(devices);
        await using Controller controller = await Controller.StartAsync(simulator.Port);
        if (devices > 0) await controller.DiscoverAsync("all", simulator.Addresses);
        for (int stored = 0; stored < tasks; stored += AtOnce)
        {
            ImmutableArray<Write> writes = [.. Enumerable.Range(0, AtOnce).SelectMany(_ => Ended())];
            await controller.Services.GetRequiredService<IWriter>().CommitAsync(writes, CancellationToken.None);
        }
        await controller.LeaveInAsync(data);
    }

    private static Write[] Ended()
    {
        DateTimeOffset at = TimeProvider.System.GetUtcNow();
        TaskId id = TaskId.New(at);
        var task = new TaskRecord
        {
            Id = id, RootId = id, Kind = "bench", Input = "{}", ServiceType = "Bench Service", Username = "admin", StartTime = at,
            Deadline = at + TimeSpan.FromMinutes(1), Owner = "bench", LastUpdate = at, Version = at.ToUnixTimeMilliseconds(),
        };
        return [new AcceptTask(task), new EndTask(task, task.Owner, TaskOutcome.Done(""), at)];
    }

    /// <summary>Seconds from the start of the process.</summary>
    private static async Task<(double Serves, double Ready, double Processor)> StartAsync(DirectoryInfo data, string? program)
    {
        int port = FreePort();
        string[] arguments =
            ["serve", "--data", data.FullName, "--http", port.ToString(CultureInfo.InvariantCulture), "--https", "0"];
        string here = Path.Combine(AppContext.BaseDirectory, "towpath.dll");
        var start = program is null ? new ProcessStartInfo("dotnet", [here, .. arguments]) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardInput) = (true, true);
        var clock = Stopwatch.StartNew();
        using Process server = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        try
        {
            using var late = new CancellationTokenSource(s_patience);
            while (await server.StandardOutput.ReadLineAsync(late.Token) is { } line)
                if (line.StartsWith("Data in", StringComparison.Ordinal)) break;
            double serves = clock.Elapsed.TotalSeconds;
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            while (true)
            {
                using HttpResponseMessage ready = await http.GetAsync("/health/ready", late.Token);
                if (ready.StatusCode == HttpStatusCode.OK) break;
                await Task.Delay(5, late.Token);
            }
            return (serves, clock.Elapsed.TotalSeconds, server.TotalProcessorTime.TotalSeconds);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
