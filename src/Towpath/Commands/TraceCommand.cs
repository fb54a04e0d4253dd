using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath trace SRC DST</c>: the path a packet takes.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var source = new Argument<string?>("SRC")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Where the packet comes from: an address, a device's name or serial number, or a host's MAC address.",
        };
        var dest = new Argument<string?>("DST") { Description = "Where it goes to, in the same way.", Arity = ArgumentArity.ZeroOrOne };
        var protocol = new Option<string?>("--protocol") { Description = "TCP, UDP or ICMP.", HelpName = "NAME" };
        protocol.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "TCP", "UDP", "ICMP");
        Option<int?> sourcePort = Port("--source-port");
        Option<int?> destPort = Port("--dest-port");
        var stats = new Option<bool>("--stats") { Description = "Ask the devices on the path for CPU, memory and interface counters." };
        var verify = new Option<bool>("--verify")
        {
            Description = "First ask the devices on the path again for what it rests on; by default where that is older than five minutes.",
        };
        var noVerify = new Option<bool>("--no-verify") { Description = "Answer from what was collected, however old it is." };
        var reverse = new Option<bool>("--reverse") { Description = "Also the way back, and where the two part first." };
        var explain = new Option<bool>("--explain") { Description = "Also the rows of the devices' tables that each step rests on." };
        Option<int?> watch = Arguments.Seconds("--watch", "Trace again after so many seconds, until Ctrl+C; shown where it changes.");
        var from = new Option<string?>("--from") { Description = "Trace the flows of a file: lines of source,destination[,protocol"
            + "[,sourcePort[,destPort]]].", HelpName = "FILE" };
        var save = new Option<string?>("--save") { Description = "Keep the paths of --from under this name.", HelpName = "NAME" };
        var compare = new Option<string?>("--compare") { Description = "Show what has changed since --save.", HelpName = "NAME" };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 60 by default.");
        var command = new Command("trace", "Traces the path that a packet takes.") { source, dest, protocol, sourcePort, destPort, stats,
            verify, noVerify, reverse, explain, watch, from, save, compare, timeout }.WithAnswerOptions();
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) && result.GetValue(noVerify)) result.AddError("--verify and --no-verify contradict each other.");
            bool hasFile = result.GetValue(from) is not null;
            if (!hasFile && (result.GetValue(save) ?? result.GetValue(compare)) is not null)
                result.AddError("--save and --compare are of the flows of a file: name it with --from.");
            if (hasFile && result.GetValue(source) is not null) result.AddError("Give SRC and DST, or --from; not both.");
            if (!hasFile && result.GetValue(source) is null) result.AddError("Required argument missing for command: SRC, or --from FILE.");
            else if (!hasFile && result.GetValue(dest) is null) result.AddError("Required argument missing for command: DST.");
            if (result.GetResult(watch) is { Implicit: false } && (hasFile || result.GetValue(reverse)))
                result.AddError("--watch is of one path: leave out --from and --reverse.");
        });
        command.SetAction((arguments, cancellationToken) =>
        {
            var options = new FlowAnalysisOptions
            {
                Protocol = arguments.GetValue(protocol),
                SourcePort = arguments.GetValue(sourcePort),
                DestPort = arguments.GetValue(destPort),
                Inclusions = arguments.GetValue(stats) ? [Inclusion.DeviceStats, Inclusion.InterfaceStats] : [],
                Verify = arguments.GetValue(verify),
            };
            var screen = Screen.For(arguments);
            if (arguments.GetValue(from) is { } file)
            {
                return ChangeWindow.RunAsync(
                    screen, file, arguments.GetValue(save), arguments.GetValue(compare), options, cancellationToken);
            }
            TimeSpan? patience = arguments.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            var question = new Question(arguments.GetValue(source)!, arguments.GetValue(dest)!, options,
                WhereOld: !arguments.GetValue(noVerify), patience);
            return arguments.GetValue(watch) is { } pause
                ? WatchAsync(screen, question, TimeSpan.FromSeconds(pause), cancellationToken)
                : RunAsync(screen, question, arguments.GetValue(reverse), arguments.GetValue(explain), cancellationToken);
        });
        return command;
    }

    /// <param name="WhereOld">Trace again, verified, where the path rests on old facts.</param>
    private sealed record Question(string Source, string Dest, FlowAnalysisOptions Options, bool WhereOld, TimeSpan? Patience)
    {
        public Question Back() => this with { Source = Dest, Dest = Source, Options = Options.Back() };

        public bool HasStatistics => Options.Inclusions.Count > 0;
    }

    /// <param name="reverse">The way back, too.</param>
    /// <param name="explain">The facts, too.</param>
    private static async Task<int> RunAsync(
        Screen screen, Question question, bool reverse, bool explain, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        question = await NamedAsync(client, question, cancellationToken);
        Task<Traced> going = TraceAsync(client, question, cancellationToken);
        if (reverse)
        {
            Traced[] both = await Task.WhenAll(going, TraceAsync(client, question.Back(), cancellationToken));
            return await BothWays.ShowAsync(screen, client, both[0], both[1], question.HasStatistics, cancellationToken);
        }
        Traced traced = await going;
        Show(screen, traced, question, explain);
        return traced.Problem is null ? ExitCode.Done : Failure.Report(traced.Problem);
    }

    /// <summary>Ends by Ctrl+C alone.</summary>
    private static async Task<int> WatchAsync(Screen screen, Question question, TimeSpan pause, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        question = await NamedAsync(client, question, cancellationToken);
        for (string? shown = null; ; await Task.Delay(pause, TimeProvider.System, cancellationToken))
        {
            Traced traced = await TraceAsync(client, question, cancellationToken);
            string path = $"{string.Join('\n', PathText.Lines(traced.Result))} {traced.Result.PathGraph?.Ending.Kind}";
            if (path == shown) continue;
            string time = TimeProvider.System.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            screen.Say(shown is null ? $"{time} watching every {pause.TotalSeconds:0} s, Ctrl+C ends it" : $"{time} the path has changed");
            Show(screen, traced, question, explain: false);
            if (traced.Problem is not null) Failure.Report(traced.Problem);
            shown = path;
        }
    }

    private static void Show(Screen screen, Traced traced, Question question, bool explain)
    {
        if (screen.Json)
        {
            Screen.WriteJson(traced.Result);
            return;
        }
        PathText.Write(screen, traced.Result, question.HasStatistics);
        if (explain && screen.IsText) PathFacts.Write(screen, traced.Result);
    }

    private static async Task<Question> NamedAsync(TowpathClient client, Question question, CancellationToken cancellationToken) =>
        question with
        {
            Source = await NamedDevices.EndAsync(client, question.Source, cancellationToken),
            Dest = await NamedDevices.EndAsync(client, question.Dest, cancellationToken),
        };

    private static async Task<Traced> TraceAsync(TowpathClient client, Question question, CancellationToken cancellationToken)
    {
        Traced traced = await OnceAsync(question.Options);
        return question.WhereOld && !question.Options.Verify && new PathAges(traced.Result).AreOld
            ? await OnceAsync(question.Options with { Verify = true }) : traced;

        async Task<Traced> OnceAsync(FlowAnalysisOptions options) => await Traced.OfAsync(client,
            await client.FlowAnalysis.InitiateFlowAnalysisAsync(question.Source, question.Dest, options, cancellationToken),
            question.Patience, cancellationToken);
    }

    private static Option<int?> Port(string name)
    {
        var option = new Option<int?>(name) { Description = "0 to 65535; 0 is any.", HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ } token] && int.TryParse(token.Value, out int given) && given is < 0 or > 65535)
                result.AddError($"{name} {token.Value}: a port is 0 to 65535.");
        });
        return option;
    }
}

/// <param name="Problem">Why the path does not reach its end, or is not whole in time; null when all is well.</param>
internal sealed record Traced(FlowAnalysisResult Result, TowpathException? Problem)
{
    /// <summary>A trace that failed, or that is not whole in time, is an answer, too: what the controller knows of it.</summary>
    public static async Task<Traced> OfAsync(
        TowpathClient client, FlowAnalysisReference analysis, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var pace = TimeSpan.FromMilliseconds(50);
        try
        {
            await client.Tasks.WaitForTaskCompleteAsync(analysis, timeout, pace, null, cancellationToken);
            return new Traced(await client.FlowAnalysis.GetFullFlowAnalysisResultAsync(analysis, timeout, pace, cancellationToken), null);
        }
        catch (TowpathException problem) when (problem is TaskFailedException or FlowAnalysisFailedException or TaskTimeoutException)
        {
            return new Traced(await client.FlowAnalysis.GetFlowAnalysisAsync(analysis.FlowAnalysisId, cancellationToken), problem);
        }
    }
}
