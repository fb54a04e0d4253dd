using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Towpath.Contracts;

namespace Towpath.Server.Tests;

/// <summary>Lists are written while they are read; nobody can tell.</summary>
public sealed class ShownListTests(TestServer server) : IClassFixture<TestServer>
{
    /// <summary>Their list is longer than one of the pieces in which it is kept.</summary>
    private const int Tasks = 200;

    private AnswerJson Json => server.Service<AnswerJson>();

    [Fact]
    public async Task A_list_is_written_as_its_envelope_is()
    {
        Assert.Equal(0, await SameAsync<TaskItem>("/api/v1/task"));
        for (int number = 0; number < Tasks; number++)
        {
            Answer accepted = await server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
            await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        }

        Assert.Equal(Tasks, await SameAsync<TaskItem>("/api/v1/task"));
        Assert.Equal(4, await SameAsync<TaskItem>("/dna/intent/api/v1/task/3/4"));
        Assert.Equal(Tasks, await SameAsync<TaskSummary>("/dna/intent/api/v1/tasks"));
        Assert.Equal(Tasks, await SameAsync<ActivityItem>("/dna/intent/api/v1/activities"));
    }

    [Fact]
    public async Task Whoever_writes_many_gives_way_after_each_few()
    {
        const int Few = ShownList<CountResult>.AtOnce;
        var (shown, gaveWay) = (0, new List<int>());
        var list = new ShownList<CountResult>(show =>
        {
            while (++shown < 3 * Few) show(new CountResult(shown));
            return Task.CompletedTask;
        }, () => gaveWay.Add(shown));

        await list.PrepareAsync(NewContext());

        Assert.Equal([Few, 2 * Few], gaveWay);
    }

    [Fact]
    public async Task Nothing_has_gone_out_when_the_reading_fails()
    {
        HttpContext context = NewContext();
        var list = new ShownList<CountResult>(async show =>
        {
            for (int number = 0; number < 10_000; number++) show(new CountResult(number));
            await Task.Yield();
            throw new IOException("no disk");
        }, () => { });

        await Assert.ThrowsAsync<IOException>(() => list.PrepareAsync(context));

        Assert.Equal(0, context.Response.Body.Length);
    }

    private DefaultHttpContext NewContext() =>
        new() { RequestServices = server.Running.Services, Response = { Body = new MemoryStream() } };

    /// <summary>How many items the list has.</summary>
    private async Task<int> SameAsync<T>(string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(path);
        byte[] body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        var list = JsonSerializer.Deserialize(body, Json.Of<Envelope<IReadOnlyList<T>>>())!;
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(JsonSerializer.Serialize(list, Json.Of<Envelope<IReadOnlyList<T>>>()), Encoding.UTF8.GetString(body));
        return list.Response.Count;
    }
}
