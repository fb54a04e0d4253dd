using System.Diagnostics;
using System.Text.Json;

namespace Towpath.Accuracy;

/// <summary>
/// The running lab, through its command. It enters the devices' namespaces itself, so it may be asked from within the controller's.
/// </summary>
internal sealed class Lab(string command)
{
    // No request has so many packets that a slow guest needs a tenth of it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private const int MostSweeps = 64;

    /// <summary>The lab is in the machine's own kernel, so that the controller's host is in it, too.</summary>
    public static bool IsNative => !File.Exists("/run/netns/netlab-controller");

    /// <summary>Lets each of the hosts talk to an address, so that tables know them; a host that cannot is not an error.</summary>
    public Task TalkAsync(IEnumerable<(string From, string To)> pairs, CancellationToken cancellationToken) =>
        RunAsync(["talk"], JsonSerializer.Serialize(pairs.Select(pair => new { src = pair.From, dst = pair.To })), cancellationToken);

    /// <summary>Lets happen what the topology says to fail, and returns when routing has settled.</summary>
    public Task FailAsync(CancellationToken cancellationToken) => RunAsync(["fail"], "", cancellationToken);

    /// <summary>
    /// Empties all MAC and ARP tables, as an idle quarter of an hour would; then sends a packet of each flow without a warm-up, and says
    /// who carried it.
    /// </summary>
    public async Task<IReadOnlyList<JsonElement>> SendAsync(IEnumerable<LabFlow> flows, CancellationToken cancellationToken) =>
        Parse(await RunAsync(["truths", "--aged"], JsonSerializer.Serialize(flows.Select(flow => Words(flow))), cancellationToken));

    /// <summary>
    /// Sends each flow from so many source ports that one of that many equal paths is missed once in 1,000 sweeps. The lab is asked for
    /// some at a time: all take as long as they take, and a lab that hangs is known by one request.
    /// </summary>
    public async Task<IReadOnlyList<JsonElement>> SweepAsync(IEnumerable<(LabFlow Flow, int Paths)> flows,
        CancellationToken cancellationToken)
    {
        List<JsonElement> answers = [];
        foreach ((LabFlow Flow, int Paths)[] some in flows.Chunk(MostSweeps))
            answers.AddRange(Parse(await RunAsync(["truths", "--sweeps"],
                JsonSerializer.Serialize(some.Select(sweep => Words(sweep.Flow, PortsFor(sweep.Paths)))), cancellationToken)));
        return answers;
    }

    private static int PortsFor(int paths) => (int)Math.Ceiling(paths * Math.Log(1000 * paths));

    private static Dictionary<string, object> Words(LabFlow flow, int? ports = null)
    {
        Dictionary<string, object> words = new() { ["src"] = flow.From, ["dst"] = flow.To, ["proto"] = flow.Protocol,
            ["sport"] = flow.SourcePort, ["dport"] = flow.Port };
        if (ports is { } n) words["n"] = n;
        return words;
    }

    private static JsonElement[] Parse(string text)
    {
        using JsonDocument answer = JsonDocument.Parse(text);
        return [.. answer.RootElement.EnumerateArray().Select(one => one.Clone())];
    }

    private async Task<string> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> answer = process.StandardOutput.ReadToEndAsync(patience.Token),
                problem = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? await answer : throw new InvalidOperationException($"lab {string.Join(' ', arguments)} failed: {await problem}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"lab {string.Join(' ', arguments)} has not ended after {s_patience.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

/// <summary>What is sent and traced.</summary>
/// <param name="From">Name of a host.</param>
/// <param name="To">An address.</param>
/// <param name="Protocol">udp or tcp.</param>
/// <param name="Kind">Why it is sent.</param>
internal sealed record LabFlow(string From, string To, string Protocol, int SourcePort, int Port, FlowKind Kind)
{
    public static LabFlow Udp(string from, string to, FlowKind kind) => new(from, to, "udp", 40000, 33434, kind);
}

internal enum FlowKind { HostPair, ToDevice, NobodysNetwork, SilentAddress, Denied }
