using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath task [ID]</c>: one task, its tree, or the latest.</summary>
internal static class TaskCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("ID") { Description = "The task; without it the latest are listed.",
            Arity = ArgumentArity.ZeroOrOne };
        var tree = new Option<bool>("--tree") { Description = "The task and all its children." };
        var wait = new Option<bool>("--wait") { Description = "Wait until it has ended." };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 60 by default.");
        var command = new Command("task", "Shows a task, or the latest tasks.") { id, tree, wait, timeout };
        command.Validators.Add(result =>
        {
            if (result.GetResult(id) is not { Tokens.Count: > 0 } && (result.GetValue(tree) || result.GetValue(wait)))
                result.AddError("--tree and --wait need the ID of a task.");
        });
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments), arguments.GetValue(id), arguments.GetValue(tree), arguments.GetValue(wait),
            arguments.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string? id, bool tree, bool wait, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        if (id is null)
        {
            Write(screen, await client.Tasks.GetTasksAsync(50, cancellationToken));
            return ExitCode.Done;
        }

        if (wait) await Waiting.ForTaskAsync(screen, client, new TaskReference(id, ""), timeout, cancellationToken);
        if (tree)
        {
            IReadOnlyList<TaskItem> tasks = await client.Tasks.GetTaskTreeAsync(id, cancellationToken);
            Write(screen, tasks);
            return tasks.Any(task => task.IsError) ? ExitCode.Failed : ExitCode.Done;
        }
        TaskItem single = await client.Tasks.GetTaskAsync(id, cancellationToken);
        if (screen.Json) Screen.WriteJson(single);
        else Write(screen, [single]);
        return single.IsError ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Write(Screen screen, IReadOnlyList<TaskItem> tasks)
    {
        if (screen.Json)
        {
            Screen.WriteJson(tasks);
            return;
        }
        screen.Table(
            ["ID", "STARTED", "TOOK", "STATE", "SERVICE", "PROGRESS"],
            tasks.Select(IReadOnlyList<string?> (task) =>
            [
                task.Id, Time(task.StartTime), task.EndTime is { } end ? $"{end - task.StartTime} ms" : null,
                task.IsError ? "failed" : task.EndTime is null ? "running" : "done", task.ServiceType, task.FailureReason ?? task.Progress,
            ]));
    }

    private static string Time(long epochMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
