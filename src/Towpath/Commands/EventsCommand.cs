using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath events [NAME]</c>, also <c>changes</c>: what changed in the network.</summary>
internal static class EventsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Only those of this device, by name, address or id.",
            Arity = ArgumentArity.ZeroOrOne };
        Option<TimeSpan?> since = Arguments.Span("--since", "How far back; a day by default. Events are kept for 30 days.");
        var kind = new Option<string?>("--kind") { Description = "Only this kind, for instance ROW_CHANGED or HOST_MOVED.",
            HelpName = "KIND" };
        var table = new Option<string?>("--table") { Description = "Only this table, for instance routes or interfaces.",
            HelpName = "TABLE" };
        var command = new Command("events", "Lists what changed in the network.") { name, since, kind, table };
        command.Aliases.Add("changes");
        command.SetAction((arguments, cancellationToken) => RunAsync(Screen.For(arguments), arguments.GetValue(name), new EventFilter
        {
            From = TimeProvider.System.GetUtcNow() - (arguments.GetValue(since) ?? TimeSpan.FromDays(1)),
            Kind = arguments.GetValue(kind),
            Table = arguments.GetValue(table),
        }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string? name, EventFilter filter, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        if (name is not null) filter = filter with { DeviceId = (await DeviceCommand.FindAsync(client, name, cancellationToken)).Id };
        List<EventItem> events = await client.Events.GetEventsAsync(filter, cancellationToken).ToListAsync(cancellationToken);
        if (screen.Json) Screen.WriteJson<IReadOnlyList<EventItem>>(events);
        else
        {
            screen.Table(["TIME", "DEVICE", "EVENT", "TABLE", "WHAT"], events.Select(IReadOnlyList<string?> (happened) =>
                [Time(happened), happened.DeviceName, happened.Kind, happened.Table, EventText.Of(happened)]));
        }
        return ExitCode.Done;
    }

    private static string Time(EventItem happened) => DateTimeOffset.FromUnixTimeMilliseconds(happened.Timestamp).LocalDateTime
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
