using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Towpath.Cluster;

/// <summary>What the clients noted, against what is there at the end.</summary>
internal sealed class Replay(Site site, Journal journal)
{
    private const int Page = 500;

    /// <summary>So many of the ended tasks each server is asked for; through the balancer it is all of them.</summary>
    private const int Sample = 2_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    /// <summary>What another server may need to find a task that ran out while its own was lost; milliseconds.</summary>
    private const int Grace = 17_000;

    /// <summary>
    /// Every task that was accepted is there, has ended in its time, and says the same on every server; no answer contradicts an earlier
    /// one; each operation has left its effect once, and one that nobody promised at most once.
    /// </summary>
    /// <param name="say">Told what is going on, in lines.</param>
    public async Task RunAsync(Action<string> say)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new Client(site.Url, journal);
        await client.LogInAsync(patience.Token);
        string[] tasks = [.. journal.Accepted];
        var stored = new Dictionary<string, string>();
        await Parallel.ForEachAsync(tasks, patience.Token, async (task, token) =>
        {
            if (await client.FollowAsync(task, token) is not { } ended) return;
            lock (stored) stored[task] = ended.ToJsonString();
        });
        Random.Shared.Shuffle(tasks);
        foreach (Node node in site.Nodes)
        {
            using var direct = new Client(node.Url, journal);
            await direct.LogInAsync(patience.Token);
            await Parallel.ForEachAsync(tasks.Take(Sample), patience.Token, async (task, token) => await direct.FollowAsync(task, token));
        }
        Dictionary<string, int> effects = await EffectsAsync(client, patience.Token);
        foreach (string violation in journal.History.Violations(stored, effects)) journal.Break(violation);
        foreach (string late in await site.Rows.LateTasksAsync(Grace)) journal.Break($"The task {late} did not end in its time");
        foreach (string twice in await site.Rows.DevicesTwiceAsync()) journal.Break($"The device at {twice} has two ids");
        say(string.Create(CultureInfo.InvariantCulture,
            $"{stored.Count} tasks, {effects.Count} effects and {journal.History.Observations} answers compared"));
    }

    /// <summary>How often each operation has left what it was asked for.</summary>
    private async Task<Dictionary<string, int>> EffectsAsync(Client client, CancellationToken cancellationToken)
    {
        var effects = new Dictionary<string, int>();
        foreach (JsonObject credential in await ReadAsync("/global-credential?credentialSubType=SNMPV2_READ_COMMUNITY"))
            Count((string?)credential["description"]);
        for (int first = 1; ; first += Page)
        {
            JsonObject[] some = await ReadAsync(string.Create(CultureInfo.InvariantCulture, $"/discovery/{first}/{Page}"));
            foreach (JsonObject discovery in some)
            {
                Count((string?)discovery["name"]);
                if (!await IsOverAsync(discovery)) journal.Break($"All tasks have ended, and {discovery}");
            }
            if (some.Length < Page) break;
        }
        var traces = journal.History.Accepted.Where(accepted => accepted.Key.StartsWith(Operation.Trace, StringComparison.Ordinal));
        await Parallel.ForEachAsync(traces, cancellationToken, async (trace, token) =>
        {
            JsonObject[] found = await ReadAsync($"/flow-analysis?taskId={trace.Value}");
            lock (effects) effects[trace.Key] = found.Length;
            foreach (JsonObject of in found.Where(of => (string?)of["status"] is not ("COMPLETED" or "FAILED")))
                journal.Break($"All tasks have ended, and {of}");
        });
        return effects;

        async Task<JsonObject[]> ReadAsync(string path)
        {
            string text = await client.ReadAsync(path, cancellationToken);
            if (JsonNode.Parse(text)?["response"] is JsonArray found) return [.. found.Select(one => one!.AsObject())];
            throw new JsonException($"GET {path}: {text}");
        }

        // Its task ends when it is stored; its run comes after that, at the latest once another server has taken it over.
        async Task<bool> IsOverAsync(JsonObject discovery)
        {
            for (var clock = Stopwatch.StartNew(); (string?)discovery["discoveryCondition"] != "Complete";)
            {
                if (clock.ElapsedMilliseconds > Grace) return false;
                await Task.Delay(100, cancellationToken);
                string text = await client.ReadAsync($"/discovery/{discovery["id"]}", cancellationToken);
                if (JsonNode.Parse(text)?["response"] is JsonObject now) discovery = now;
            }
            return true;
        }

        void Count(string? operation)
        {
            if (operation is not null) effects[operation] = effects.GetValueOrDefault(operation) + 1;
        }
    }
}
