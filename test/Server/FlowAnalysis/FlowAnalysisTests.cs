using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Path traces through the API, from the request to the deletion.</summary>
public sealed class FlowAnalysisTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private const string AnyId = "00000000-0000-4000-8000-000000000000";

    [Fact]
    public async Task A_trace_whose_source_nobody_knows_fails_its_task_and_its_request_with_the_reason()
    {
        Answer accepted = await server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        Assert.Equal(202, accepted.Status);
        JsonObject task = await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Equal("Policy Analysis Service", task["serviceType"]!.GetValue<string>());
        Assert.StartsWith("Not able to locate interface or host based on source ip address 192.0.2.1",
            task["failureReason"]!.GetValue<string>());
        Assert.NotEmpty(task["errorCode"]!.GetValue<string>());
        Assert.True(task.ContainsKey("endTime"));

        Answer read = await server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}");
        Assert.Equal("FAILED", read.Response["request"]!["status"]!.GetValue<string>());
        Assert.Equal(task["failureReason"]!.GetValue<string>(), read.Response["request"]!["failureReason"]!.GetValue<string>());
        Assert.Empty(read.Response["networkElementsInfo"]!.AsArray());
    }

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/dna/intent/api/v1")]
    public async Task The_answer_to_a_request_points_into_the_family_it_came_by(string prefix)
    {
        Answer accepted = await server.PostAsync($"{prefix}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        Assert.Equal(["flowAnalysisId", "taskId", "url"], accepted.Response.AsObject().Select(field => field.Key).Order());
        Assert.Equal($"{prefix}/flow-analysis/{accepted.Response["flowAnalysisId"]}", accepted.Response["url"]!.GetValue<string>());
        Assert.Equal($"{prefix}/task/{accepted.Response["taskId"]}", accepted.Message.Headers.Location!.ToString());
        Assert.Equal(200, (await server.GetAsync(accepted.Response["url"]!.GetValue<string>())).Status);
        Assert.Equal(200, (await server.GetAsync($"{prefix}/task/{accepted.Response["taskId"]}")).Status);
    }

    [Fact]
    public async Task The_request_is_echoed_as_it_was_sent()
    {
        Answer accepted = await server.PostTextAsync(Traces, """
            {"sourceIP":"192.0.2.1","destIP":"192.0.2.2","sourcePort":8080,"destPort":"0","protocol":"tcp","inclusions":["DEVICE-STATS","ACL-TRACE"],"controlPath":true}
            """);
        JsonNode request = (await server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}")).Response["request"]!;
        Assert.Equal("8080", request["sourcePort"]!.GetValue<string>());
        Assert.Equal("0", request["destPort"]!.GetValue<string>());
        Assert.Equal("tcp", request["protocol"]!.GetValue<string>());
        Assert.Equal(["DEVICE-STATS", "ACL-TRACE"], request["inclusions"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.True(request["controlPath"]!.GetValue<bool>());
        Assert.False(request["periodicRefresh"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("6", "6")]
    [InlineData("\"6\"", "6")]
    [InlineData("17", "17")]
    [InlineData("\"1\"", "1")]
    [InlineData("47", "47")]
    [InlineData("255", "255")]
    [InlineData("\"0\"", "0")]
    [InlineData("\"Udp\"", "Udp")]
    public async Task A_protocol_is_a_word_or_a_number_and_is_echoed_as_a_text(string sent, string echoed)
    {
        Answer accepted = await server.PostTextAsync(Traces, $$"""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","protocol":{{sent}}}""");
        Assert.True(accepted.Status == 202, accepted.Text);
        JsonNode request = (await server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}")).Response["request"]!;
        Assert.Equal(echoed, request["protocol"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{}", "sourceIP is required", "destIP is required")]
    [InlineData("""{"sourceIP":"192.0.2.1"}""", "destIP is required")]
    [InlineData("""{"sourceIP":"host","destIP":"2001:db8::1"}""", "'host'", "'2001:db8::1'")]
    [InlineData("""{"sourceIP":"224.0.0.1","destIP":"255.255.255.255"}""", "224.0.0.1", "255.255.255.255")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","sourcePort":"65536","destPort":"-1","protocol":"TCP "}""", "65536", "-1", "'TCP '")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","sourcePort":1.5}""", "1.5")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","protocol":"SCTP"}""", "SCTP")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","protocol":256}""", "IP protocol from 1 to 255", "'256'")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","protocol":-6}""", "'-6'")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","protocol":6.0}""", "'6.0'")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","inclusions":["EVERYTHING"]}""", "EVERYTHING")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","inclusions":[1]}""", "inclusions")]
    [InlineData("""{"sourceIP":"192.0.2.1","destIP":"192.0.2.2","periodicRefresh":"sometimes"}""", "sometimes")]
    [InlineData("""{"sourceIP":{"a":1},"destIP":["b"]}""", "an object", "an array")]
    public async Task A_malformed_request_is_refused_with_all_its_problems(string body, params string[] named)
    {
        Answer answer = await server.PostTextAsync(Traces, body);
        ErrorTests.AssertIsError(answer, 400);
        foreach (string problem in named) Assert.Contains(problem, $"{answer.Response["message"]} {answer.Response["detail"]}");
    }

    [Fact]
    public async Task Whoever_sees_the_answer_sees_the_task_ended()
    {
        for (int i = 0; i < 20; i++)
        {
            Answer accepted = await server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = $"192.0.2.{100 + i}" });
            string address = $"{Traces}/{accepted.Response["flowAnalysisId"]}";
            JsonNode request = (await server.GetAsync(address)).Response["request"]!;
            for (int polls = 0; polls < 10_000 && request["status"]!.GetValue<string>() == "INPROGRESS"; polls++)
                request = (await server.GetAsync(address)).Response["request"]!;
            Assert.Equal("FAILED", request["status"]!.GetValue<string>());
            JsonObject task = (await server.GetAsync($"/api/v1/task/{accepted.Response["taskId"]}")).Response.AsObject();
            Assert.True(task.ContainsKey("endTime"), task.ToJsonString());
        }
    }

    [Fact]
    public async Task The_same_address_at_both_ends_fails_the_task()
    {
        Answer accepted = await server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.1" });
        JsonObject task = await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Contains("the same address", task["failureReason"]!.GetValue<string>());
        Assert.Equal("SOURCE_IS_DESTINATION", task["errorCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deletion_has_happened_when_its_202_arrives()
    {
        Answer accepted = await server.PostAsync(Traces, new { sourceIP = "192.0.2.7", destIP = "192.0.2.2" });
        await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        string address = $"{Traces}/{accepted.Response["flowAnalysisId"]}";
        Answer deletion = await server.DeleteAsync(address);
        Assert.Equal(202, deletion.Status);
        ErrorTests.AssertIsError(await server.GetAsync(address), 404);
        JsonNode task = (await server.GetAsync(deletion.Response["url"]!.GetValue<string>())).Response;
        Assert.NotNull(task["endTime"]);
        Assert.False(task["isError"]!.GetValue<bool>());
        Assert.Equal(accepted.Response["flowAnalysisId"]!.GetValue<string>(), task["progress"]!.GetValue<string>());
        ErrorTests.AssertIsError(await server.DeleteAsync(address), 404);
        ErrorTests.AssertIsError(await server.DeleteAsync($"{Traces}/{AnyId}"), 404);
    }

    [Fact]
    public async Task The_list_filters_sorts_and_pages()
    {
        string[] ids = new string[3];
        for (int i = 0; i < ids.Length; i++)
        {
            Answer accepted = await server.PostAsync(Traces,
                new { sourceIP = "198.51.100.9", destIP = $"198.51.100.{30 - i}", protocol = i == 0 ? "udp" : "TCP", sourcePort = $"{i}" });
            ids[i] = accepted.Response["flowAnalysisId"]!.GetValue<string>();
            await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        }
        const string Mine = "sourceIP=198.51.100.9";
        Assert.Equal(ids, await IdsAsync(Mine));
        Assert.Equal(ids.Reverse(), await IdsAsync($"{Mine}&sortBy=destIP&order=asc"));
        Assert.Equal(ids.Reverse(), await IdsAsync($"{Mine}&order=dsc"));
        Assert.Equal([ids[1]], await IdsAsync($"{Mine}&offset=2&limit=1"));
        Assert.Empty(await IdsAsync($"{Mine}&offset=4"));
        Assert.Equal([ids[0]], await IdsAsync($"{Mine}&protocol=UDP"));
        Assert.Equal([ids[2]], await IdsAsync($"{Mine}&sourcePort=2"));
        Assert.Equal([ids[1]], await IdsAsync($"{Mine}&destIP=198.51.100.29"));
        Assert.Equal(ids, await IdsAsync($"{Mine}&status=failed"));
        Assert.Empty(await IdsAsync($"{Mine}&status=COMPLETED"));
        Assert.Empty(await IdsAsync($"{Mine}&periodicRefresh=true"));
        Assert.Empty(await IdsAsync($"{Mine}&gtCreateTime=4102444800000"));
        Assert.Equal(ids, await IdsAsync($"{Mine}&ltCreateTime=4102444800000"));
        ErrorTests.AssertIsError(await server.GetAsync($"{Traces}?status=perhaps&sourceIP=a"), 400);
    }

    [SharedFact]
    public async Task Every_answer_is_valid_against_the_description_in_both_families()
    {
        OpenApiContract contract = OpenApiContract.Catalyst();
        Answer token = await Answer.OfAsync(await server.Http.SendAsync(TestServer.TokenRequest("admin", TestServer.Password)));
        Assert.Empty(contract.Problems("POST", "/dna/system/api/v1/auth/token", 200, token.Json));
        Answer accepted = await server.PostAsync(Traces,
            new { sourceIP = "192.0.2.1", destIP = "192.0.2.2", inclusions = new[] { "INTERFACE-STATS" } });
        Assert.Empty(contract.Problems("POST", Traces, 202, accepted.Json));
        string id = accepted.Response["flowAnalysisId"]!.GetValue<string>(), taskId = accepted.Response["taskId"]!.GetValue<string>();
        await server.EndOfTaskAsync(taskId);
        await server.GetBothAsync(contract, "/flow-analysis", $"/flow-analysis?taskId={taskId}");
        await server.GetBothAsync(contract, "/flow-analysis/{flowAnalysisId}", $"/flow-analysis/{id}");
        await server.GetBothAsync(contract, "/flow-analysis/{flowAnalysisId}", $"/flow-analysis/{AnyId}");
        await server.GetBothAsync(contract, "/task/{taskId}", $"/task/{taskId}");
        await server.GetBothAsync(contract, "/task/{taskId}", $"/task/{AnyId}");
        await server.GetBothAsync(contract, "/task/{taskId}/tree", $"/task/{taskId}/tree");
        await server.GetBothAsync(contract, "/task", "/task?limit=5");
        await server.GetBothAsync(contract, "/task", "/task?limit=0");
        await server.GetBothAsync(contract, "/task/count", "/task/count?isError=true");
        await server.GetBothAsync(contract, "/task/operation/{operationId}/{offset}/{limit}", "/task/operation/none/0/10");
        await server.GetBothAsync(contract, "/tasks", "/tasks?status=FAILURE&limit=5");
        await server.GetBothAsync(contract, "/tasks/count", "/tasks/count?status=FAILURE");
        await server.GetBothAsync(contract, "/tasks/{id}", $"/tasks/{taskId}");
        await server.GetBothAsync(contract, "/tasks/{id}/detail", $"/tasks/{taskId}/detail");
        Answer deletion = await server.DeleteAsync($"{Traces}/{id}");
        Assert.Empty(contract.Problems("DELETE", $"{Traces}/{{flowAnalysisId}}", 202, deletion.Json));
    }

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await server.GetAsync($"{Traces}?{query}")).Response.AsArray().Select(item => item!["id"]!.GetValue<string>()).ToArray();
}
