using Microsoft.Extensions.Time.Testing;
using Towpath.Contracts;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>Starting something, waiting for it, reading what came of it.</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private const string Running = """{"id":"t1","rootId":"t1","serviceType":"Discovery Service","startTime":1,"version":1,"isError":false,"progress":"working"}""";
    private const string Done = """{"id":"t1","rootId":"t1","serviceType":"Discovery Service","startTime":1,"endTime":2,"version":2,"isError":false,"progress":"17"}""";
    private const string Duplicate = """
        {"id":"t1","rootId":"t1","serviceType":"Discovery Service","startTime":1,"endTime":2,"version":2,"isError":true,"progress":"Failed to create discovery",
        "errorCode":"Discovery name is duplicate","failureReason":"Discovery name is duplicate"}
        """;

    private readonly ManualTime _time = ScriptedController.Hurried();
    private ScriptedController _controller = null!;
    private TowpathClient _client = null!;

    public async Task InitializeAsync()
    {
        _controller = await ScriptedController.StartAsync();
        _client = await TowpathClient.LoginAsync(_controller.Settings(_time));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _controller.DisposeAsync();
    }

    [Fact]
    public async Task A_task_is_polled_until_it_has_an_end()
    {
        _controller.On("GET task/t1", Reply.Response(Running), Reply.Response(Running), Reply.Response(Done));
        var seen = new List<string?>();

        TaskItem ended = await _client.Tasks.WaitForTaskCompleteAsync(
            new TaskReference("t1", "/task/t1"), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(5),
            new Listener<TaskItem>(task => seen.Add(task.Progress)));

        Assert.Equal("17", ended.Progress);
        Assert.Equal(["working", "working", "17"], seen);
        Assert.Equal([5, 5], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_controller_that_waits_is_asked_again_at_once()
    {
        _controller.On("GET task/t1", Reply.Response(Running), Reply.Response(Done) with { Waits = true });
        await _client.Tasks.WaitForTaskCompleteAsync("t1", TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        Assert.Equal([5], _time.Waits.Select(wait => wait.TotalSeconds)); // after the answer that had not waited
        Assert.Equal(["wait=15", "wait=15"], _controller.Requests.Select(asked => asked.Prefer)); // half of what a request may take
    }

    [Fact]
    public async Task Who_listens_to_the_progress_waits_for_a_second_at_a_time()
    {
        _controller.On("GET task/t1", Reply.Response(Done) with { Waits = true });
        await _client.Tasks.WaitForTaskCompleteAsync("t1", progress: new Listener<TaskItem>(_ => { }));
        Assert.Equal(["wait=1"], _controller.Requests.Select(asked => asked.Prefer));
    }

    [Fact]
    public async Task A_controller_that_says_it_waits_and_does_not_is_not_hurried()
    {
        _controller.On("GET task/t1", Reply.Response(Running) with { Waits = true }, Reply.Response(Running) with { Waits = true },
            Reply.Response(Done));
        await _client.Tasks.WaitForTaskCompleteAsync("t1", pollFrequency: TimeSpan.FromSeconds(5));
        Assert.Equal([5, 5], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_write_under_a_key_is_repeated_after_a_lost_connection_with_the_same_key()
    {
        _controller.On("DELETE task/t1", Reply.Lost, Reply.Response("""{"taskId":"t2","url":"/task/t2"}""", 202));
        using (IdempotencyKey.Use("key-1")) Assert.Equal("t2", (await _client.Tasks.CancelTaskAsync("t1")).TaskId);
        Assert.Equal(["key-1", "key-1"], _controller.Requests.Select(asked => asked.Once));

        _controller.On("DELETE task/t3", Reply.Lost);
        await Assert.ThrowsAsync<NotReachableException>(() => _client.Tasks.CancelTaskAsync("t3"));
        Assert.Single(_controller.Requests, asked => asked.Path.EndsWith("t3", StringComparison.Ordinal) && asked.Once is null);
        Assert.Throws<ArgumentException>(() => IdempotencyKey.Use("two words"));
    }

    [Fact]
    public async Task A_failed_task_is_an_exception_with_the_tasks_own_words()
    {
        _controller.On("GET task/t1", Reply.Response(Running), Reply.Response(Duplicate));

        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => _client.Tasks.WaitForTaskCompleteAsync("t1"));

        Assert.Equal(
            ("t1", "Discovery name is duplicate", "Discovery name is duplicate", "Failed to create discovery"),
            (failed.TaskId, failed.ErrorCode, failed.FailureReason, failed.Progress));
    }

    [Fact]
    public async Task A_task_that_does_not_end_is_given_up_in_time()
    {
        _controller.On("GET task/t1", Reply.Response(Running));

        TaskTimeoutException late = await Assert.ThrowsAsync<TaskTimeoutException>(
            () => _client.Tasks.WaitForTaskCompleteAsync("t1", TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(5)));

        Assert.Equal(("t1", TimeSpan.FromSeconds(12), "working"), (late.Id, late.Timeout, late.Progress));
        Assert.Equal([5, 5, 2], _time.Waits.Select(wait => wait.TotalSeconds)); // asked at 0, 5, 10 and, last, at 12
    }

    [Fact]
    public async Task A_wait_is_over_in_time_though_the_controller_hangs()
    {
        _controller.On("GET task/t1", new Reply(200, "") { Hangs = true });
        using TowpathClient hasty =
            await TowpathClient.LoginAsync(_controller.Settings(_time) with { RequestTimeout = TimeSpan.FromSeconds(5), Retries = 0 });

        await Assert.ThrowsAsync<TaskTimeoutException>(() => hasty.Tasks.WaitForTaskCompleteAsync("t1", TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_wait_is_over_in_time_though_the_controller_asks_for_a_longer_pause()
    {
        _controller.On("GET task/t1", Reply.Error(503, "BUSY", "busy") with { RetryAfter = "60" });
        // nobody moves it: the pause does not end
        using TowpathClient pausing = await TowpathClient.LoginAsync(_controller.Settings(new FakeTimeProvider()));

        Task wait = pausing.Tasks.WaitForTaskCompleteAsync("t1", TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<TaskTimeoutException>(() => wait.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_timeout_of_zero_asks_once()
    {
        _controller.On("GET task/t1", Reply.Response(Done)).On("GET task/t2", Reply.Response(Running));

        Assert.Equal("17", (await _client.Tasks.WaitForTaskCompleteAsync("t1", TimeSpan.Zero)).Progress);
        await Assert.ThrowsAsync<TaskTimeoutException>(() => _client.Tasks.WaitForTaskCompleteAsync("t2", TimeSpan.Zero));
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_trace_waits_for_its_task_and_its_result_no_longer_than_the_timeout_in_all()
    {
        _controller
            .On("POST flow-analysis", Reply.Response("""{"flowAnalysisId":"f1","taskId":"t1","url":"/api/v1/flow-analysis/f1"}""", 202))
            .On("GET task/t1", Reply.Response(Running), Reply.Response(Running), Reply.Response(Done))
            .On("GET flow-analysis/f1", Reply.Response(
                """{"request":{"id":"f1","sourceIP":"192.0.2.1","destIP":"192.0.2.2","status":"INPROGRESS","createTime":1,"lastUpdateTime":1}}"""));

        await Assert.ThrowsAsync<TaskTimeoutException>(
            () => _client.FlowAnalysis.TraceAsync("192.0.2.1", "192.0.2.2", null, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(5)));

        Assert.Equal([5, 5, 2], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_controller_that_finds_its_new_task_a_little_later_is_waited_for()
    {
        Reply notYet = Reply.Error(404, "NOT_FOUND", "no such task");
        _controller.On("GET task/t1", notYet, notYet, Reply.Response(Done)).On("GET task/t2", notYet);

        Assert.Equal("17", (await _client.Tasks.WaitForTaskCompleteAsync("t1")).Progress);
        await Assert.ThrowsAsync<ApiException>(() => _client.Tasks.WaitForTaskCompleteAsync("t2"));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        _controller.On("GET task/t1", Reply.Response(Running));
        var stop = new Listener<TaskItem>(_ => cancel.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _client.Tasks.WaitForTaskCompleteAsync("t1", progress: stop, cancellationToken: cancel.Token));
    }

    [SharedFact]
    public async Task A_trace_is_started_awaited_and_read()
    {
        _controller
            .On("POST flow-analysis", new Reply(202, Capture("02a-apicem-2017-06-post-response.json")))
            .On("GET task/5704481d-7f6f-4d3a-adc5-3e9e322cb9cb", Reply.Response(Running),
                Reply.Response(Capture("02b-apicem-2017-06-task.json")))
            .On("GET flow-analysis/867ddb2a-e3e5-40c4-a3fe-f6a4a840263e",
                Reply.Ok(Capture("04-apicem-2020-11-inprogress-icmp.json")),
                Reply.Ok(Capture("02c-apicem-2017-06-wireless-to-branch-unknown.json")));

        FlowAnalysisReference analysis = await _client.FlowAnalysis.InitiateFlowAnalysisAsync(
            "10.1.15.117", "10.2.1.22",
            new FlowAnalysisOptions { Protocol = "UDP", DestPort = 5060, Inclusions = [Inclusion.DeviceStats] });
        await _client.Tasks.WaitForTaskCompleteAsync(analysis);
        FlowAnalysisResult result = await _client.FlowAnalysis.GetFullFlowAnalysisResultAsync(analysis);

        Assert.Equal(
            """{"sourceIP":"10.1.15.117","destIP":"10.2.1.22","destPort":"5060","protocol":"UDP","periodicRefresh":false,"inclusions":["DEVICE-STATS"]}""",
            _controller.Requests[0].Body);
        Golden.Match("client-path-of-2017.txt",
            string.Concat(result.NetworkElementsInfo!.Select(element => $"{element.Name ?? "None"}: {element.Ip}\n")));
    }

    [SharedFact]
    public async Task A_full_result_is_one_with_the_statistics_that_were_asked_for()
    {
        string full = Capture("05d-dnac-2020-01-intervlan-stats.json");
        string early = full.Replace("\"deviceStatsCollection\": \"SUCCESS\"", "\"perfMonCollection\": \"SUCCESS\"",
            StringComparison.Ordinal);
        string underWay = full.Replace("\"deviceStatsCollection\": \"SUCCESS\"", "\"deviceStatsCollection\": \"INPROGRESS\"",
            StringComparison.Ordinal);
        Assert.NotEqual(full, early);
        Assert.NotEqual(full, underWay);
        _controller.On("GET flow-analysis/f1", Reply.Ok(early), Reply.Ok(underWay), Reply.Ok(full))
            .On("GET flow-analysis/f2", Reply.Ok(early));

        FlowAnalysisResult result = await _client.FlowAnalysis.GetFullFlowAnalysisResultAsync("f1");
        TaskTimeoutException late =
            await Assert.ThrowsAsync<TaskTimeoutException>(() =>
            _client.FlowAnalysis.GetFullFlowAnalysisResultAsync("f2", TimeSpan.FromSeconds(1)));

        Assert.All(result.NetworkElementsInfo!, element => Assert.Equal("SUCCESS", element.DeviceStatsCollection));
        Assert.Equal(320934792, result.NetworkElementsInfo![0].DeviceStatistics!.MemoryStatistics!.MemoryUsage);
        Assert.Equal("COMPLETED, statistics still to come", late.Progress);
    }

    [Fact]
    public async Task A_stored_analysis_that_failed_is_an_exception_with_its_reason()
    {
        _controller.On("GET flow-analysis/f1", Reply.Response(
            """{"request":{"id":"f1","sourceIP":"192.0.2.1","destIP":"192.0.2.2","status":"FAILED","failureReason":"Nobody knows 192.0.2.1"}}"""));

        FlowAnalysisFailedException failed =
            await Assert.ThrowsAsync<FlowAnalysisFailedException>(() => _client.FlowAnalysis.GetFullFlowAnalysisResultAsync("f1"));

        Assert.Equal("Nobody knows 192.0.2.1", failed.FailureReason);
    }

    [Fact]
    public async Task A_discovery_is_created_awaited_stopped_and_started_again()
    {
        const string reference = """{"taskId":"t1","url":"/dna/intent/api/v1/task/t1"}""";
        _controller
            .On("POST discovery", Reply.Response(reference, 202)).On("PUT discovery", Reply.Response(reference, 202))
            .On("GET discovery/17", Reply.Response("""{"id":"17","discoveryCondition":"In Progress","numDevices":3}"""), Reply.Response("""{"id":"17","discoveryCondition":"Complete","numDevices":10}"""));

        await _client.Discovery.CreateDiscoveryAsync(new DiscoveryInput { Name = "campus", DiscoveryType = "CDP",
            IpAddressList = "192.0.2.1", SnmpVersion = "v2", SnmpROCommunity = "public" });
        DiscoveryItem complete = await _client.Discovery.WaitForDiscoveryCompleteAsync("17");
        await _client.Discovery.StopDiscoveryAsync("17");
        await _client.Discovery.StartDiscoveryAsync("17");

        Assert.Equal(10, complete.NumDevices);
        Assert.Equal("""{"name":"campus","discoveryType":"CDP","ipAddressList":"192.0.2.1","snmpVersion":"v2","snmpROCommunity":"public"}""", _controller.Requests[0].Body);
        Assert.Equal(
            ["""{"id":"17","discoveryStatus":"Inactive"}""", """{"id":"17","discoveryStatus":"Active"}"""],
            _controller.Requests.Where(asked => asked.Method == "PUT").Select(asked => asked.Body));
    }

    [Fact]
    public async Task Lists_longer_than_a_page_are_read_to_their_end()
    {
        _controller.On("GET network-device/1/500", Reply.Response(Devices(1, 500)))
            .On("GET network-device/501/500", Reply.Response(Devices(501, 3)));

        List<NetworkDeviceItem> devices = await _client.Devices.GetDevicesAsync().ToListAsync();

        Assert.Equal(Enumerable.Range(1, 503).Select(number => $"d{number}"), devices.Select(device => device.Id));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(700)]
    [InlineData(1000)]
    public async Task A_controller_that_filters_without_paging_is_read_once(int matches)
    {
        foreach (int offset in new[] { 1, 501, 1001, 1501 })
            _controller.On($"GET network-device?role=CORE&offset={offset}&limit=500", Reply.Response(Devices(1, matches)));

        List<NetworkDeviceItem> devices = await _client.Devices.GetDevicesAsync(new DeviceFilter { Role = ["CORE"] }).Take(3000)
            .ToListAsync();

        Assert.Equal(Enumerable.Range(1, matches).Select(number => $"d{number}"), devices.Select(device => device.Id));
    }

    private static string Devices(int first, int count) =>
        $"[{string.Join(',', Enumerable.Range(first, count).Select(number => $$"""{"id":"d{{number}}","managementIpAddress":"192.0.2.1"}"""))}]";

    [Fact]
    public async Task Filters_are_repeated_and_escaped()
    {
        _controller.On("GET network-device?hostname=a%26b&hostname=core.%2A&role=CORE&offset=1&limit=500", Reply.Response("[]"));

        Assert.Empty(await _client.Devices.GetDevicesAsync(new DeviceFilter { Hostname = ["a&b", "core.*"], Role = ["CORE"] })
            .ToListAsync());
    }

    [Fact]
    public async Task Credentials_are_written_as_lists_with_their_secrets_and_never_printed()
    {
        _controller.On("POST global-credential/snmpv3", Reply.Response("""{"taskId":"t1","url":"/x"}""", 202));
        var credential = new SnmpV3Credential { Description = "core", Username = "towpath", SnmpMode = "AUTHPRIV", AuthType = "SHA256",
            AuthPassword = "hidden-1", PrivacyType = "AES128", PrivacyPassword = "hidden-2" };

        await _client.Credentials.AddCredentialAsync(credential);

        Assert.Equal(
            """[{"username":"towpath","snmpMode":"AUTHPRIV","authType":"SHA256","authPassword":"hidden-1","privacyType":"AES128","privacyPassword":"hidden-2","description":"core"}]""",
            _controller.Requests[0].Body);
        Assert.DoesNotContain("hidden", credential.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => _client.Credentials.UpdateCredentialAsync(credential));
    }

    [Fact]
    public async Task A_credential_is_assigned_to_sites_by_its_id()
    {
        _controller.On("PUT global-credential/a%2Fb", Reply.Response("""{"taskId":"t1","url":"/x"}""", 202));

        TaskReference task = await _client.Credentials.AssignSitesAsync("a/b", ["s1", "s2"]);

        Assert.Equal("t1", task.TaskId);
        Assert.Equal("""{"siteUuids":["s1","s2"]}""", _controller.Requests[0].Body);
    }

    private static string Capture(string name) => File.ReadAllText(Shared.File("samples", "flow-analysis", name));

    private sealed class Listener<T>(Action<T> heard) : IProgress<T>
    {
        public void Report(T value) => heard(value);
    }
}
