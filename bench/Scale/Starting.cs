using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Scale.Bench;

/// <summary>How soon a server answers, and is ready, that finds many devices and tasks.</summary>
internal static class Starting
{
    private const int AtOnce = 1000, Rounds = 5;

    /// <param name="program">Another build of <c>towpath</c> than the one beside this program; null: that one.</param>
    public static async Task MeasureAsync(int devices, int tasks, string? program)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        try
        {
            await FillAsync(data, devices, tasks);
            for (int round = 0; round < Rounds; round++)
            {
                (double answers, double ready, double processor) = await StartAsync(data, program);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{devices} devices, {tasks} tasks: ")
                    + string.Create(CultureInfo.InvariantCulture, $"answers after {answers:0.00} s, ready after {ready:0.00} s, ")
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
    private static async Task<(double Answers, double Ready, double Processor)> StartAsync(DirectoryInfo data, string? program)
    {
        var clock = Stopwatch.StartNew();
        using ServedProcess server = ServedProcess.Start(data, program, password: "");
        await server.UntilOkAsync("/health/live");
        double answers = clock.Elapsed.TotalSeconds;
        await server.UntilOkAsync("/health/ready");
        return (answers, clock.Elapsed.TotalSeconds, server.Processor.TotalSeconds);
    }
}
