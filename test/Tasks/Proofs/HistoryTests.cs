using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Towpath.Server.Tests;
using Xunit.Abstractions;

namespace Towpath.Tasks.Tests;

/// <summary>
/// 32 clients go on while their server is killed, stopped and paused, and its disk full or broken, at random moments: traces, writes,
/// discoveries, polls. Then their histories are replayed. A short form of <c>eng/history.sh</c>, which has many times more losses.
/// </summary>
[Collection("server process")]
public sealed class HistoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Api = "/dna/intent/api/v1";
    private const int Clients = 32;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly History _history = new();
    private readonly ConcurrentQueue<string> _known = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> _refused = new();
    private SmallDisk? _disk;
    private volatile ServerProcess? _server;
    private int _operations;
    private int _discoveries;
    private int _devices;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("TOWPATH_HISTORY_LOSSES"), out int many) ? many : 8;

    public async Task InitializeAsync() => _disk = await SmallDisk.MountAsync(mebibytes: 256 + 2 * Count);

    public async Task DisposeAsync()
    {
        _server?.Dispose();
        await _disk!.DisposeAsync();
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Nothing_that_was_acknowledged_is_lost_done_twice_or_taken_back_by_losses_at_random_moments()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("TOWPATH_HISTORY_SEED"), out int given) ? given : 20261129;
        var random = new Random(seed);
        using var stop = new CancellationTokenSource();
        await StartAsync();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(number => Task.Run(() => ClientAsync(number, seed, stop.Token)))];
        var back = new List<(Loss Loss, double Seconds)>();
        foreach (Loss loss in Losses.Draw(Count, random))
        {
            // Under load, however busy the machine is; then at a random place.
            int before = _history.Accepted.Count;
            long up = Stopwatch.GetTimestamp();
            while (_history.Accepted.Count < before + Clients && Stopwatch.GetElapsedTime(up) < s_patience) await Task.Delay(5);
            await Task.Delay(random.Next(1500));
            back.Add((loss, (await LoseAsync(loss)).TotalSeconds));
        }
        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        _server!.Use(await _server.LogInAsync());
        var remains = new Remains(_server, _history);
        Dictionary<string, string> stored = await remains.TasksAsync();
        string[] violations = [.. _history.Violations(stored, await remains.EffectsAsync()).Take(20)];
        string refused = string.Join(", ", _refused.Select(status => $"{(int)status.Key} {status.Value} times"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: {back.Count} losses, {_history.Accepted.Count} acknowledged, {_history.Observations} answers, ")
            + string.Create(CultureInfo.InvariantCulture, $"{stored.Count} tasks; {violations.Length} violations; refused: {refused}"));
        foreach (var of in back.GroupBy(one => one.Loss, one => one.Seconds))
        {
            double median = of.Order().ElementAt(of.Count() / 2);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{of.Key}: {of.Count()} times, serves again after {median:0.0} s (median), {of.Max():0.0} s (longest)"));
        }
        Assert.Empty(violations);
        Assert.Empty(Remains.LateTasks(_disk!.Data));
        Assert.Empty(_refused.Keys.Except([HttpStatusCode.ServiceUnavailable]));
        Assert.True(_history.Accepted.Count >= Count * Clients, $"Only {_history.Accepted.Count} operations were acknowledged.");
    }

    /// <returns>How long it took until it served again, and so had taken over what its predecessor had begun.</returns>
    private async Task<TimeSpan> LoseAsync(Loss loss)
    {
        ServerProcess lost = _server!;
        if (loss is Loss.Kill or Loss.Stop) _server = null;
        switch (loss)
        {
            case Loss.Kill: await lost.KillAsync(); break;
            case Loss.Stop: await Losses.StopAsync(lost); break;
            case Loss.Pause: await Losses.PauseAsync(lost); break;
            case Loss.FullDisk: await Losses.FillDiskAsync(_disk!, () => _refused.Values.Sum()); break;
            case Loss.FlushErrors: await Losses.FailFlushesAsync(lost, () => _refused.Values.Sum()); break;
        }
        long begun = Stopwatch.GetTimestamp();
        if (loss is Loss.Pause or Loss.FullDisk) await lost.ReadyAsync();
        else
        {
            _server = null;
            lost.Dispose();
            await StartAsync();
        }
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>With a token of its own: a trial lasts longer than one.</summary>
    private async Task StartAsync()
    {
        ServerProcess server = await ServerProcess.StartMappedAsync(_disk!.Data);
        server.Use(await server.LogInAsync());
        _server = server;
    }

    private async Task ClientAsync(int number, int seed, CancellationToken stop)
    {
        var random = new Random(seed + number);
        while (!stop.IsCancellationRequested)
        {
            if (_server is not { } server)
            {
                await Task.Delay(20, CancellationToken.None);
                continue;
            }
            try
            {
                switch (random.Next(20))
                {
                    case < 8:
                        await AcceptAsync(server, "trace", "flow-analysis", _ => """{"sourceIP":"10.9.0.1","destIP":"10.9.0.2"}""");
                        break;
                    case < 11:
                        await AcceptAsync(server, "write", "global-credential/snmpv2-read-community",
                            operation => $$"""[{"description":"{{operation}}","readCommunity":"public"}]""");
                        break;
                    case 11 when Interlocked.Increment(ref _discoveries) <= 50:
                        await AcceptAsync(server, "discovery", "discovery", operation =>
                            $$"""
                            {"name":"{{operation}}","discoveryType":"Single","ipAddressList":"10.9.0.3","snmpVersion":"v2",
                            "snmpROCommunity":"public","retry":0,"timeout":1,"protocolOrder":"ssh"}
                            """);
                        break;
                    case 12 when Interlocked.Increment(ref _devices) <= 8 * Count:
                        await AcceptAsync(server, "device", "network-device", SilentDevice);
                        break;
                    default: await PollAsync(server, random); break;
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or JsonException or ObjectDisposedException
                or InvalidOperationException)
            {
                // It was killed under the request: nobody was told anything.
            }
            await Task.Delay(random.Next(40), CancellationToken.None);
        }
    }

    private async Task AcceptAsync(ServerProcess server, string kind, string path, Func<string, string> bodyOf)
    {
        string operation = string.Create(CultureInfo.InvariantCulture, $"{kind} {Interlocked.Increment(ref _operations)}");
        using var body = new StringContent(bodyOf(operation), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await server.Http.PostAsync($"{Api}/{path}", body);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            if (_refused.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1) == 1)
                output.WriteLine($"{operation}: {await answer.Content.ReadAsStringAsync()}");
            return;
        }
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string task = json.RootElement.GetProperty("response").GetProperty("taskId").GetString()!;
        _history.Accept(kind is "trace" or "device" ? $"{kind} {task}" : operation, task);
        _known.Enqueue(task);
        if (_known.Count > 500) _known.TryDequeue(out _);
    }

    /// <summary>Waits for an answer for longer than most tasks, and has a deadline of its own.</summary>
    private static string SilentDevice(string operation) =>
        $$"""
        {"ipAddress":["10.9.{{operation.Length}}.{{operation[^1] - '0' + 1}}"],"snmpVersion":"v2","snmpROCommunity":"public",
        "snmpRetry":1,"snmpTimeout":3}
        """;

    private async Task PollAsync(ServerProcess server, Random random)
    {
        string[] known = [.. _known];
        if (known.Length == 0) return;
        string task = known[random.Next(known.Length)];
        long sent = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await server.Http.GetAsync($"{Api}/task/{task}");
        string text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return;
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            _history.Observe(task, new(sent, Stopwatch.GetTimestamp(), -1, $"{answer.StatusCode} {text}"));
            return;
        }
        using var json = JsonDocument.Parse(text);
        JsonElement found = json.RootElement.GetProperty("response");
        _history.Observe(task, new(sent, Stopwatch.GetTimestamp(), found.GetProperty("version").GetInt64(),
            found.TryGetProperty("endTime", out _) ? found.GetRawText() : null));
    }
}
