using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Towpath.Tasks;

namespace Towpath.Accept;

/// <summary>
/// Polls of one task beside 32 clients that list tasks: how much later is a poll answered? The server is a process of its own; the clients
/// have the same processors.
/// </summary>
internal static class Listing
{
    private const int Pollers = 4;
    private const int AtOnce = 1000;
    private const double MostTimes = 2;
    private const int Rounds = 3;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(5), s_between = TimeSpan.FromMilliseconds(5);

    private static readonly (string What, string Path)[] s_lists =
    [
        ("the first 500", "/dna/intent/api/v1/task"),
        ("the first 500 in the newer form", "/dna/intent/api/v1/tasks"),
        ("500, sorted by their progress", "/dna/intent/api/v1/task?sortBy=progress&order=dsc"),
        ("counted by a part of a text", "/dna/intent/api/v1/task/count?failureReason=nothing"),
    ];

    private static readonly (string What, string Path)[] s_bareLists =
    [
        ("500, always the same", "/list"),
        ("the same, each after 100 ms of one processor", "/search"),
    ];

    /// <summary>Prints the figures and whether they keep what is promised; then those of the bare server.</summary>
    public static async Task RunAsync(int tasks)
    {
        await ServerProcess.UseAsync(["lists-server", $"{tasks}"], (_, url, words) =>
            RunAsync($"{tasks} tasks", new Uri(url, $"/dna/intent/api/v1/task/{words[1]}"), words[0], s_lists));
        await ServerProcess.UseAsync(["lists-bare"], (_, url, _) => RunAsync("bare", new Uri(url, "/task/1"), "", s_bareLists));
    }

    /// <summary>Polls alone and polls beside lists take turns: a machine is not the same from minute to minute.</summary>
    private static async Task RunAsync(string server, Uri poll, string token, IEnumerable<(string What, string Path)> lists)
    {
        await PollAsync(poll, token); // the compiler is done then
        foreach ((string what, string path) in lists)
        {
            await BesideAsync(poll, token, path); // here, too, for the code of lists
            List<double> alone = [], beside = [];
            var loads = new List<Load>();
            for (int round = 0; round < Rounds; round++)
            {
                alone.AddRange(await PollAsync(poll, token));
                (double[] polls, Load load) = await BesideAsync(poll, token, path);
                beside.AddRange(polls);
                loads.Add(load);
            }
            double times = At(0.99, beside) / At(0.99, alone);
            Console.WriteLine(FormattableString.Invariant($"{server}, {Wrk.Connections} clients that list ({what}): polls alone ")
                + FormattableString.Invariant($"p50 {At(0.5, alone):0.00} ms, p99 {At(0.99, alone):0.00}, beside ")
                + FormattableString.Invariant($"p50 {At(0.5, beside):0.00}, p99 {At(0.99, beside):0.00}, {times:0.0} times; ")
                + FormattableString.Invariant($"lists: {loads.Average(load => load.PerSecond):0} a second, p99 {loads[^1].P99} (last), ")
                + $"{loads.Sum(load => load.Failed)} refused; {(times <= MostTimes ? "kept" : "NOT KEPT")}");
        }
    }

    /// <summary>Polls, and the load of those who list meanwhile.</summary>
    private static async Task<(double[] Polls, Load Lists)> BesideAsync(Uri poll, string token, string path)
    {
        Task<Load> listed = Wrk.RunAsync(new Uri(poll, path), token, null, s_length + TimeSpan.FromSeconds(2));
        double[] polls = await PollAsync(poll, token);
        return (polls, await listed);
    }

    private static double At(double part, IEnumerable<double> took)
    {
        double[] sorted = [.. took.Order()];
        return sorted[(int)(sorted.Length * part)];
    }

    /// <summary>The server's process, with so many tasks that have ended.</summary>
    public static async Task ServeAsync(int tasks)
    {
        await using FullServer full = await FullServer.StartAsync(onPostgres: false);
        for (int stored = 0; stored < tasks; stored += AtOnce)
        {
            ImmutableArray<Write> writes = [.. Enumerable.Range(stored, AtOnce).SelectMany(Ended)];
            await full.Service<IWriter>().CommitAsync(writes, CancellationToken.None);
        }
        Console.WriteLine($"{full.Url} {full.Token} {await full.EndedTaskAsync()}");
        await Console.In.ReadToEndAsync();
    }

    public static async Task ServeBareAsync()
    {
        await using BareServer bare = await BareServer.StartAsync();
        Console.WriteLine(bare.Url);
        await Console.In.ReadToEndAsync();
    }

    private static Write[] Ended(int number)
    {
        DateTimeOffset at = TimeProvider.System.GetUtcNow();
        TaskId id = TaskId.New(at);
        var task = new TaskRecord
        {
            Id = id, RootId = id, Kind = "bench", Input = "{}", ServiceType = "Bench Service", Username = "admin", StartTime = at,
            Deadline = at + TimeSpan.FromMinutes(1), Owner = "bench", LastUpdate = at, Version = at.ToUnixTimeMilliseconds(),
        };
        string progress = string.Create(CultureInfo.InvariantCulture, $"{(number * 7919L) % 100_003} of 100,003");
        return [new AcceptTask(task), new EndTask(task, task.Owner, TaskOutcome.Done(progress), at)];
    }

    /// <summary>Milliseconds, each.</summary>
    private static async Task<double[]> PollAsync(Uri poll, string token)
    {
        double[][] all = await Task.WhenAll(Enumerable.Range(0, Pollers).Select(_ => Task.Run(async () =>
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Add("X-Auth-Token", token);
            var took = new List<double>();
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_length; await Task.Delay(s_between))
            {
                long asked = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await http.GetAsync(poll);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            return took.ToArray();
        })));
        return [.. all.SelectMany(took => took)];
    }
}
