using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Towpath.Contracts;

namespace Towpath.Server.Tests;

/// <summary>Lists are written while they are read; nobody can tell.</summary>
public sealed class ShownListTests(TestServer server) : IClassFixture<TestServer>
{
    private AnswerJson Json => server.Service<AnswerJson>();

    [Fact]
    public async Task A_list_is_written_as_its_envelope_is()
    {
        await AssertSameAsync<TaskItem>("/api/v1/task");
        for (int number = 0; number < 300; number++)
            await server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });

        await AssertSameAsync<TaskItem>("/api/v1/task"); // longer than a piece
        await AssertSameAsync<TaskItem>("/dna/intent/api/v1/task/3/4");
        await AssertSameAsync<TaskSummary>("/dna/intent/api/v1/tasks");
        await AssertSameAsync<ActivityItem>("/dna/intent/api/v1/activities");
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

        Assert.False(context.Response.HasStarted);
        Assert.Equal(0, context.Response.Body.Length);
    }

    private DefaultHttpContext NewContext() =>
        new() { RequestServices = server.Running.Services, Response = { Body = new MemoryStream() } };

    private async Task AssertSameAsync<T>(string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(path);
        byte[] body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        var list = JsonSerializer.Deserialize(body, Json.Of<Envelope<IReadOnlyList<T>>>())!;
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(JsonSerializer.Serialize(list, Json.Of<Envelope<IReadOnlyList<T>>>()), Encoding.UTF8.GetString(body));
    }
}
