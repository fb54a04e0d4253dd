using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>
/// <c>towpath collect NAME...|all</c>: reads known devices again, now. With <c>--pause</c> and <c>--resume</c> it says whether the server
/// reads them on its own.
/// </summary>
internal static class CollectCommand
{
    private const string All = "all";
    private const int MostAtATime = 500; // one request to the server

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = $"Devices: {NamedDevices.Words}; 'all' for every device.",
            Arity = ArgumentArity.OneOrMore,
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the server has accepted it." };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 960 by default.");
        var pause = new Option<bool>("--pause") { Description = "Collect nothing now, and no more on the server's own schedule." };
        var resume = new Option<bool>("--resume") { Description = "Collect on the schedule again; devices follow the default." };
        var command = new Command("collect", "Reads devices again, or says whether the server does so on its own.")
        {
            names, noWait, timeout, pause, resume,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            string[] wanted = arguments.GetRequiredValue(names);
            (bool pauses, bool resumes) = (arguments.GetValue(pause), arguments.GetValue(resume));
            if (pauses && resumes) throw new UsageException("Take --pause or --resume, not both.");
            return pauses || resumes
                ? await ScheduleAsync(screen, wanted, pauses ? 0 : null, cancellationToken)
                : await RunAsync(screen, wanted, !arguments.GetValue(noWait), TimeSpan.FromSeconds(arguments.GetValue(timeout) ?? 960),
                    cancellationToken);
        });
        return command;
    }

    /// <param name="seconds">0: off; null: as the default says.</param>
    private static async Task<int> ScheduleAsync(Screen screen, string[] names, int? seconds, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        string?[] devices = names is [All] ? new string?[] { null } : await NamedAsync(client, names, cancellationToken);
        var tasks = new List<TaskItem>();
        foreach (string? device in devices)
        {
            TaskReference task = await client.Devices.SetCollectionScheduleAsync(device, seconds, cancellationToken);
            tasks.Add(await client.Tasks.WaitForTaskCompleteAsync(task, cancellationToken: cancellationToken));
        }
        if (screen.Json) Screen.WriteJson<IReadOnlyList<TaskItem>>(tasks);
        else foreach (TaskItem task in tasks) screen.Line($"{task.Progress}.");
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(Screen screen, string[] names, bool wait, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        string[] devices = names is [All] ? await AllAsync(client, cancellationToken) : await NamedAsync(client, names, cancellationToken);
        if (devices.Length == 0) throw new UsageException("The inventory has no device yet: 'towpath discover' finds some.");

        var tasks = new List<TaskReference>();
        foreach (string[] ids in devices.Chunk(MostAtATime))
            tasks.Add(await client.Devices.SyncDevicesAsync(ids, cancellationToken));
        if (!wait)
        {
            foreach (TaskReference task in tasks) screen.Line($"Task {task.TaskId}");
            return ExitCode.Done;
        }

        var children = new List<TaskItem>();
        foreach (TaskReference task in tasks)
        {
            try
            {
                await Waiting.ForTaskAsync(screen, client, task, timeout, cancellationToken);
            }
            catch (TaskFailedException)
            {
                // Its children say which devices, and why.
            }
            IReadOnlyList<TaskItem> tree = await client.Tasks.GetTaskTreeAsync(task.TaskId, cancellationToken);
            children.AddRange(tree.Where(child => child.Id != task.TaskId));
        }
        if (screen.Json) Screen.WriteJson<IReadOnlyList<TaskItem>>(children);
        TaskItem[] failed = [.. children.Where(child => child.IsError)];
        foreach (TaskItem child in failed) screen.Say(child.FailureReason ?? "A device could not be read.");
        if (!screen.Json) screen.Line($"{children.Count - failed.Length} of {devices.Length} devices collected.");
        return failed.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Ids. Access points have no agent of their own: their controller tells of them.</summary>
    private static async Task<string[]> AllAsync(TowpathClient client, CancellationToken cancellationToken) =>
        await client.Devices.GetDevicesAsync(cancellationToken: cancellationToken)
            .Where(device => device.AssociatedWlcIp is null)
            .Select(device => device.Id!)
            .ToArrayAsync(cancellationToken);

    private static async Task<string[]> NamedAsync(TowpathClient client, string[] names, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        foreach (string name in names)
            ids.UnionWith((await NamedDevices.FindAllAsync(client, name, cancellationToken)).Select(device => device.Id));
        return [.. ids];
    }
}
