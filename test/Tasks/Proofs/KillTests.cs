using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Towpath.Tasks.Tests;

/// <summary>A 202 is a promise, also of a process that is killed the moment after it.</summary>
[Collection("server process")]
public sealed class KillTests : IDisposable
{
    private const int Rounds = 20;
    private const int Posters = 32;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("towpath-kill-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Twenty_kills_under_load_lose_no_accepted_task_and_change_no_ended_one()
    {
        var random = new Random(20261121);
        var accepted = new ConcurrentDictionary<string, bool>();
        var ended = new Dictionary<string, string>();
        string? token = null;
        int killedUnderLoad = 0;
        for (int round = 0; round <= Rounds; round++) // the last start only looks
        {
            using ServerProcess server = await ServerProcess.StartAsync(_data.FullName);
            server.Use(token ??= await server.LogInAsync());
            await AllEndAsync(server, accepted, ended);
            if (round == Rounds) break;

            int before = accepted.Count;
            Task[] posters = [.. Enumerable.Range(0, Posters).Select(_ => PostAsync(server, accepted))];
            // Once the load has been accepted for a moment; what is under way then is cut at a random place.
            for (long started = Stopwatch.GetTimestamp(); accepted.Count < before + Posters
                && Stopwatch.GetElapsedTime(started) < s_patience;)
                await Task.Delay(1);
            await Task.Delay(random.Next(300));
            await server.KillAsync();
            await Task.WhenAll(posters);
            if (accepted.Count >= before + Posters) killedUnderLoad++;
        }

        Assert.Equal(Rounds, killedUnderLoad);
        Assert.True(accepted.Count >= Rounds * Posters);
    }

    /// <summary>Posts until the server is gone.</summary>
    private static async Task PostAsync(ServerProcess server, ConcurrentDictionary<string, bool> accepted)
    {
        try
        {
            while (true) accepted[await server.AcceptAsync()] = true;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or JsonException)
        {
            Assert.DoesNotContain("Not accepted", gone.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Waits until every task has ended, those too whose answer was cut off; compares with what was seen before.</summary>
    private static async Task AllEndAsync(ServerProcess server, ConcurrentDictionary<string, bool> accepted,
        Dictionary<string, string> ended)
    {
        Dictionary<string, JsonElement> tasks;
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            tasks = await server.ListAsync("task");
            string[] running = [.. tasks.Where(task => !task.Value.TryGetProperty("endTime", out _)).Select(task => task.Key)];
            if (running.Length == 0) break;
            Assert.True(Stopwatch.GetElapsedTime(started) < s_patience, $"{running.Length} tasks do not end, for instance {running[0]}.");
            await Task.Delay(20);
        }
        string[] lost = [.. accepted.Keys.Where(id => !tasks.ContainsKey(id))];
        Assert.True(lost.Length == 0, $"{lost.Length} of {accepted.Count} accepted tasks are lost, for instance {lost.FirstOrDefault()}.");
        foreach ((string id, string before) in ended) Assert.Equal(before, tasks[id].GetRawText());
        foreach ((string id, JsonElement task) in tasks) ended[id] = task.GetRawText();

        // Whoever sees the task ended sees its effect: no analysis is left behind.
        foreach ((string id, JsonElement analysis) in await server.ListAsync("flow-analysis"))
            Assert.True(analysis.GetProperty("status").GetString() == "FAILED",
                $"Flow analysis {id} is {analysis.GetRawText()} though all tasks have ended.");
    }
}
