using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>
/// The calls of other people's clients, listed in <c>ClientCalls.txt</c> beside this file: each is served with all keys of its query, or is
/// listed as one that is not. How those that are served answer is in <see cref="DescribedAnswersTests"/>.
/// </summary>
public sealed class ClientCallsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_call_is_served_with_the_keys_that_it_is_listed_with_and_no_other_call_is()
    {
        JsonObject document = JsonNode.Parse(await server.Service<ApiDocument>().JsonAsync())!["paths"]!.AsObject();
        var served = (from path in document
                      from operation in path.Value!.AsObject()
                      select (Call: $"{operation.Key.ToUpperInvariant()} {ClientCall.Plain(path.Key)}", Keys: Keys(operation.Value!)))
            .ToDictionary(one => one.Call, one => one.Keys);
        List<string> problems = [];
        foreach (ClientCall call in ClientCall.Listed())
        {
            string plain = $"{call.Method} {ClientCall.Plain(call.Path)}";
            if (!served.TryGetValue(plain, out string[]? keys))
            {
                if (call.IsServed) problems.Add($"{plain} is not served");
                continue;
            }
            if (!call.IsServed) problems.Add($"{plain} is served");
            problems.AddRange(call.Keys.Except(keys).Select(key => $"{plain}: {key} is not read"));
            problems.AddRange(call.Ignored.Intersect(keys).Select(key => $"{plain}: {key} is read"));
        }
        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_call_that_is_not_served_is_refused_in_the_words_that_clients_read()
    {
        foreach (ClientCall call in ClientCall.Listed().Where(call => !call.IsServed))
        {
            using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path.Replace("{", "%7B").Replace("}", "%7D"));
            Answer answer = await Answer.OfAsync(await server.Http.SendAsync(request));
            Assert.True(answer.Status is 404 or 405, $"{call.Method} {call.Path} is {answer.Status}");
            Assert.NotEmpty(answer.Response["errorCode"]!.GetValue<string>());
            Assert.NotEmpty(answer.Response["message"]!.GetValue<string>());
        }
    }

    private static string[] Keys(JsonNode operation) =>
        [.. from parameter in operation["parameters"]?.AsArray() ?? []
            where parameter["in"]!.GetValue<string>() == "query"
            select parameter["name"]!.GetValue<string>()];
}
