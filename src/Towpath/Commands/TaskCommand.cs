using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath task [ID]</c>: one task, its tree, or the latest; <c>towpath task cancel ID</c>.</summary>
internal static class TaskCommand
{
    private static readonly Listing<TaskItem> s_tasks = new(
        new("id", task => task.Id, IsWhole: true), new("started", task => Time(task.StartTime), 1, IsWhole: true),
        new("took", task => task.EndTime is { } end ? $"{end - task.StartTime} ms" : null, 1), new("state", State),
        new("service", task => task.ServiceType, 2), new("progress", task => task.FailureReason ?? task.Progress),
        new("user", task => task.Username, Column<TaskItem>.Wide));

    public static Command Create()
    {
        var id = new Argument<string?>("ID") { Description = "The task; without it the latest are listed.",
            Arity = ArgumentArity.ZeroOrOne };
        var tree = new Option<bool>("--tree") { Description = "The task and all its children." };
        var wait = new Option<bool>("--wait") { Description = "Wait until it has ended." };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 60 by default.");
        var command = new Command("task", "Shows a task, or the latest tasks.") { id, tree, wait, timeout }.WithAnswerOptions();
        command.Validators.Add(result =>
        {
            if (result.GetResult(id) is not { Tokens.Count: > 0 } && (result.GetValue(tree) || result.GetValue(wait)))
                result.AddError("--tree and --wait need the ID of a task.");
        });
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments), arguments.GetValue(id), arguments.GetValue(tree), arguments.GetValue(wait),
            arguments.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken));
        command.Subcommands.Add(CreateCancel());
        return command;
    }

    private static Command CreateCancel()
    {
        var id = new Argument<string>("ID") { Description = "The task." };
        var command = new Command("cancel", "Ends a task that runs, and all that is below it.") { id }.WithAnswerOptions();
        command.SetAction((arguments, cancellationToken) =>
            CancelAsync(Screen.For(arguments), arguments.GetRequiredValue(id), cancellationToken));
        return command;
    }

    private static async Task<int> CancelAsync(Screen screen, string id, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        await client.Tasks.CancelTaskAsync(id, cancellationToken);
        TaskItem ended = await client.Tasks.GetTaskAsync(id, cancellationToken);
        s_tasks.ShowOne(screen, ended);
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(Screen screen, string? id, bool tree, bool wait, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        if (id is null)
        {
            s_tasks.Show(screen, await client.Tasks.GetTasksAsync(50, cancellationToken));
            return ExitCode.Done;
        }

        if (wait) await Waiting.ForTaskAsync(screen, client, new TaskReference(id, ""), timeout, cancellationToken);
        if (tree)
        {
            IReadOnlyList<TaskItem> tasks = await client.Tasks.GetTaskTreeAsync(id, cancellationToken);
            s_tasks.Show(screen, tasks);
            return tasks.Any(task => task.IsError) ? ExitCode.Failed : ExitCode.Done;
        }
        TaskItem single = await client.Tasks.GetTaskAsync(id, cancellationToken);
        s_tasks.ShowOne(screen, single);
        return single.IsError ? ExitCode.Failed : ExitCode.Done;
    }

    private static string State(TaskItem task)
    {
        if (task.IsError) return "failed";
        return task.EndTime is null ? "running" : "done";
    }

    private static string Time(long epochMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
