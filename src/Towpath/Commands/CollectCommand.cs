using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath collect NAME...|all</c>: reads known devices again, now.</summary>
internal static class CollectCommand
{
    private const string All = "all";
    private const int MostAtATime = 500; // one request to the server

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "Devices by name, address or id; 'all' for every device.",
            Arity = ArgumentArity.OneOrMore,
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the server has accepted it." };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 960 by default.");
        var command = new Command("collect", "Reads devices again.") { names, noWait, timeout };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments), arguments.GetRequiredValue(names), !arguments.GetValue(noWait),
            TimeSpan.FromSeconds(arguments.GetValue(timeout) ?? 960), cancellationToken));
        return command;
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
        foreach (string name in names) ids.Add((await DeviceCommand.FindAsync(client, name, cancellationToken)).Id!);
        return [.. ids];
    }
}
