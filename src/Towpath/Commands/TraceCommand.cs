using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath trace SRC DST</c>: the path a packet takes.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SRC")
        {
            Description = "Where the packet comes from: an address, a device's name or serial number, or a host's MAC address.",
        };
        var dest = new Argument<string>("DST") { Description = "Where it goes to, in the same way." };
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
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 60 by default.");
        var command = new Command("trace", "Traces the path that a packet takes.") { source, dest, protocol, sourcePort, destPort, stats,
            verify, noVerify, reverse, timeout }.WithAnswerOptions();
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) && result.GetValue(noVerify)) result.AddError("--verify and --no-verify contradict each other.");
        });
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            arguments.GetRequiredValue(source),
            arguments.GetRequiredValue(dest),
            new FlowAnalysisOptions
            {
                Protocol = arguments.GetValue(protocol),
                SourcePort = arguments.GetValue(sourcePort),
                DestPort = arguments.GetValue(destPort),
                Inclusions = arguments.GetValue(stats) ? [Inclusion.DeviceStats, Inclusion.InterfaceStats] : [],
                Verify = arguments.GetValue(verify),
            },
            whereOld: !arguments.GetValue(noVerify),
            arguments.GetValue(reverse),
            arguments.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            cancellationToken));
        return command;
    }

    /// <param name="whereOld">Trace again, verified, where the path rests on old facts.</param>
    /// <param name="reverse">The way back, too.</param>
    private static async Task<int> RunAsync(Screen screen, string source, string dest, FlowAnalysisOptions options, bool whereOld,
        bool reverse, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        source = await NamedDevices.EndAsync(client, source, cancellationToken);
        dest = await NamedDevices.EndAsync(client, dest, cancellationToken);
        Task<Traced> going = TraceAsync(client, source, dest, options, whereOld, timeout, cancellationToken);
        if (reverse)
        {
            Task<Traced> coming = TraceAsync(client, dest, source, options.Back(), whereOld, timeout, cancellationToken);
            Traced[] both = await Task.WhenAll(going, coming);
            return await BothWays.ShowAsync(screen, client, both[0], both[1], options.Inclusions.Count > 0, cancellationToken);
        }
        Traced traced = await going;
        if (screen.Json) Screen.WriteJson(traced.Result);
        else PathText.Write(screen, traced.Result, options.Inclusions.Count > 0);
        return traced.Problem is null ? ExitCode.Done : Failure.Report(traced.Problem);
    }

    private static async Task<Traced> TraceAsync(
        TowpathClient client, string source, string dest, FlowAnalysisOptions options, bool whereOld, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        FlowAnalysisReference analysis = await client.FlowAnalysis.InitiateFlowAnalysisAsync(source, dest, options, cancellationToken);
        Traced traced = await AnswerAsync(client, analysis, timeout, cancellationToken);
        if (whereOld && !options.Verify && new PathAges(traced.Result).AreOld)
        {
            analysis = await client.FlowAnalysis.InitiateFlowAnalysisAsync(source, dest, options with { Verify = true }, cancellationToken);
            traced = await AnswerAsync(client, analysis, timeout, cancellationToken);
        }
        return traced;
    }

    /// <summary>A trace that failed, or that is not whole in time, is an answer, too: what the controller knows of it.</summary>
    private static async Task<Traced> AnswerAsync(
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
internal sealed record Traced(FlowAnalysisResult Result, TowpathException? Problem);
