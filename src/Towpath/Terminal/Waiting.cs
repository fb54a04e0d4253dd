using Spectre.Console;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>Waits for long work and shows how far it is: a bar on a terminal, a line for each change elsewhere.</summary>
internal static class Waiting
{
    public static async Task<DiscoveryItem> ForDiscoveryAsync(Screen screen, TowpathClient client, string id, string name,
        TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (screen.Json || !screen.Error.Profile.Capabilities.Interactive)
        {
            return await client.Discovery.WaitForDiscoveryCompleteAsync(id, timeout, null, new Changes(screen, name), cancellationToken);
        }
        return await screen.Error.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async bars =>
            {
                ProgressTask bar = bars.AddTask(Markup.Escape(Screen.Plain(Describe(name, 0, null))), maxValue: 1);
                bar.IsIndeterminate = true;
                DiscoveryItem ended = await client.Discovery.WaitForDiscoveryCompleteAsync(id, timeout, null, new Bar(bar, name),
                    cancellationToken);
                bar.Description = Markup.Escape(Screen.Plain(Describe(name, ended.NumDevices, ended.DiscoveryCondition)));
                bar.IsIndeterminate = false;
                bar.Value = 1;
                return ended;
            });
    }

    public static async Task<TaskItem> ForTaskAsync(Screen screen, TowpathClient client, TaskReference task, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        if (screen.Json || !screen.Error.Profile.Capabilities.Interactive)
            return await client.Tasks.WaitForTaskCompleteAsync(task, timeout, null, null, cancellationToken);
        return await screen.Error.Status()
            .StartAsync(Markup.Escape(Screen.Plain($"Task {task.TaskId}")), status => client.Tasks.WaitForTaskCompleteAsync(
            task, timeout, null, new Heard<TaskItem>(state => status.Status(Markup.Escape(Screen.Plain(state.Progress ?? "running")))),
            cancellationToken));
    }

    private static string Describe(string name, int? devices, string? condition) =>
        $"Discovery '{name}': {devices ?? 0} devices{(condition is null ? "" : $", {condition}")}";

    private sealed class Changes(Screen screen, string name) : IProgress<DiscoveryItem>
    {
        private string? _last;

        public void Report(DiscoveryItem value)
        {
            string now = Describe(name, value.NumDevices, value.DiscoveryCondition);
            if (now != _last) screen.Say(now);
            _last = now;
        }
    }

    private sealed class Bar(ProgressTask bar, string name) : IProgress<DiscoveryItem>
    {
        public void Report(DiscoveryItem value) =>
            bar.Description = Markup.Escape(Screen.Plain(Describe(name, value.NumDevices, value.DiscoveryCondition)));
    }

    private sealed class Heard<T>(Action<T> heard) : IProgress<T>
    {
        public void Report(T value) => heard(value);
    }
}
