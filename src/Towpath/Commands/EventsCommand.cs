using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath events [NAME]</c>, also <c>changes</c>: what changed in the network.</summary>
internal static class EventsCommand
{
    private static readonly Listing<EventItem> s_events = new(
        new("time", Time, IsWhole: true), new("device", happened => happened.DeviceName), new("event", happened => happened.Kind),
        new("table", happened => happened.Table, 1), new("what", EventText.Of));

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = $"Only those of this device: {NamedDevices.Words}.",
            Arity = ArgumentArity.ZeroOrOne };
        Option<TimeSpan?> since = Arguments.Span("--since", "How far back; a day by default. Events are kept for 30 days.");
        var path = new Option<string[]>("--path")
        {
            Description = "Only those of the devices on the path from SRC to DST.", HelpName = "SRC DST",
            Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
        };
        var kind = new Option<string?>("--kind") { Description = "Only this kind, for instance ROW_CHANGED or HOST_MOVED.",
            HelpName = "KIND" };
        var table = new Option<string?>("--table") { Description = "Only this table, for instance routes or interfaces.",
            HelpName = "TABLE" };
        var command = new Command("events", "Lists what changed in the network.") { name, since, path, kind, table }.WithAnswerOptions();
        command.Aliases.Add("changes");
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments), arguments.GetValue(name), arguments.GetValue(path), new EventFilter
        {
            From = TimeProvider.System.GetUtcNow() - (arguments.GetValue(since) ?? TimeSpan.FromDays(1)),
            Kind = arguments.GetValue(kind),
            Table = arguments.GetValue(table),
        }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Screen screen, string? name, string[]? path, EventFilter filter, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        if (name is not null) filter = filter with { DeviceId = (await NamedDevices.FindAsync(client, name, cancellationToken)).Id };
        List<EventItem> events = await client.Events.GetEventsAsync(filter, cancellationToken).ToListAsync(cancellationToken);
        if (path is [var source, var dest])
        {
            HashSet<string> on = await OnPathAsync(client, source, dest, cancellationToken);
            events.RemoveAll(happened => happened.DeviceId is null || !on.Contains(happened.DeviceId));
        }
        s_events.Show(screen, events);
        return ExitCode.Done;
    }

    /// <summary>The ids of the devices, of all branches.</summary>
    private static async Task<HashSet<string>> OnPathAsync(
        TowpathClient client, string source, string dest, CancellationToken cancellationToken)
    {
        FlowAnalysisReference analysis = await client.FlowAnalysis.InitiateFlowAnalysisAsync(
            await NamedDevices.EndAsync(client, source, cancellationToken), await NamedDevices.EndAsync(client, dest, cancellationToken),
            null, cancellationToken);
        Traced traced = await Traced.OfAsync(client, analysis, null, cancellationToken);
        if (traced.Problem is not null) Failure.Report(traced.Problem);
        return [.. (traced.Result.PathGraph?.Nodes ?? []).Select(node => node.Id).OfType<string>()];
    }

    private static string Time(EventItem happened) => DateTimeOffset.FromUnixTimeMilliseconds(happened.Timestamp).LocalDateTime
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
