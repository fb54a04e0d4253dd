using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Towpath.Tasks.Tests;

/// <summary>What is there when the clients of a history have gone.</summary>
internal sealed class Remains(ServerProcess server, History history)
{
    private const string Api = "/dna/intent/api/v1";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>The tasks by their ids, once all of them have ended; in the words of a poll where somebody has asked for them.</summary>
    public async Task<Dictionary<string, string>> TasksAsync()
    {
        Dictionary<string, string> stored = await EndedAsync();
        foreach (string task in history.Observed)
        {
            if (await TaskAsync(task) is { } text) stored[task] = text;
            else stored.Remove(task);
        }
        return stored;
    }

    /// <summary>How often each operation has left what it was asked for.</summary>
    public async Task<IReadOnlyDictionary<string, int>> EffectsAsync()
    {
        var effects = new Dictionary<string, int>();
        foreach ((string _, JsonElement trace) in await server.ListAsync("flow-analysis"))
        {
            Assert.True(trace.GetProperty("status").GetString() == "FAILED", $"All tasks have ended, and {trace.GetRawText()}");
        }
        foreach ((string operation, string task) in history.Accepted)
        {
            // A trace is known by its task, which names its analysis. A device that did not answer is told by its task alone.
            if (operation.StartsWith("trace ", StringComparison.Ordinal))
                effects[operation] = (await ReadAsync($"flow-analysis?taskId={task}")).GetArrayLength();
            else if (operation.StartsWith("device ", StringComparison.Ordinal))
                effects[operation] = (await ReadAsync($"task/{task}")).GetProperty("isError").GetBoolean() ? 1 : 0;
        }
        foreach (JsonElement credential in (await ReadAsync("global-credential?credentialSubType=SNMPV2_READ_COMMUNITY")).EnumerateArray())
            Count(credential.GetProperty("description").GetString()!);
        foreach (JsonElement discovery in (await ReadAsync("discovery/1/500")).EnumerateArray())
            Count(discovery.GetProperty("name").GetString()!);
        return effects;

        void Count(string operation) => effects[operation] = effects.GetValueOrDefault(operation) + 1;
    }

    /// <summary>
    /// The tasks that took longer than was allowed to them and than the pace at which that is looked after, or than it took to serve again
    /// if they ran out meanwhile.
    /// </summary>
    public static IEnumerable<string> LateTasks(string folder)
    {
        const string Late = """
            SELECT kind || ' ' || hex(id) FROM task WHERE end_time - COALESCE(begun_at, start_time) > deadline - start_time + 15000
            """;
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "towpath.db")};Pooling=False");
        database.Open();
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = Late;
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read()) yield return row.GetString(0);
    }

    private async Task<Dictionary<string, string>> EndedAsync()
    {
        for (long begun = Stopwatch.GetTimestamp(); ;)
        {
            Dictionary<string, JsonElement> tasks = await server.ListAsync("task");
            string[] running = [.. tasks.Where(task => !task.Value.TryGetProperty("endTime", out _)).Select(task => task.Key)];
            if (running.Length == 0) return tasks.ToDictionary(task => task.Key, task => task.Value.GetRawText());
            Assert.True(Stopwatch.GetElapsedTime(begun) < s_patience, $"{running.Length} tasks do not end, for instance {running[0]}.");
            await Task.Delay(100);
        }
    }

    /// <summary>Null: it is not there.</summary>
    private async Task<string?> TaskAsync(string task)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync($"{Api}/task/{task}");
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.GetProperty("response").GetRawText() : null;
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var json = JsonDocument.Parse(await server.Http.GetStringAsync($"{Api}/{path}"));
        return json.RootElement.GetProperty("response").Clone();
    }
}
