using System.Diagnostics;
using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Server;

namespace Towpath.Commands.Tests;

/// <summary>Commands against a real server that knows no device yet.</summary>
[Trait("Needs", "servers")]
public sealed class ControllerTests : IAsyncLifetime, IDisposable
{
    private readonly Tool _tool = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await TowpathServer.StartAsync(
        new TowpathServerOptions { DataFolder = _tool.DataFolder, HttpPort = -1, HttpsPort = -1, AdminPassword = "correct horse",
            AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] }, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_login_is_saved_for_the_commands_after_it()
    {
        Ended login = await LoginAsync(_server.HttpUrl!, "correct horse");
        Ended devices = await _tool.RunAsync("devices", "--json");

        Assert.Equal((0, 0), (login.Code, devices.Code));
        Assert.Empty(JsonNode.Parse(devices.Output)!.AsArray());
        Assert.DoesNotContain("correct horse", login.Output + login.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_tool.ConfigFolder, "towpath", "profile.json")));
    }

    [Fact]
    public async Task A_login_keeps_a_token_that_is_named_listed_and_revoked_and_no_password()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");
        string file = Path.Combine(_tool.ConfigFolder, "towpath", "profile.json");
        Assert.DoesNotContain("correct horse", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        Ended whoami = await _tool.RunAsync("whoami", "--json");
        JsonNode login = JsonNode.Parse(whoami.Output)!;
        Assert.Equal(("admin", "admin", _server.HttpUrl!.Authority, $"towpath on {Environment.MachineName}"),
            ((string?)login["user"], (string?)login["role"], (string?)login["profile"], (string?)login["token"]));
        await LoginAsync(_server.HttpUrl!, "correct horse"); // the token of the first login ends
        JsonNode token = Assert.Single(JsonNode.Parse((await _tool.RunAsync("token", "list", "--json")).Output)!.AsArray())!;
        Assert.NotEqual((string?)login["tokenId"], (string?)token["id"]);
        Assert.Null(token["token"]);

        (await _tool.RunAsync("token", "revoke", "nothing")).IsRefused(2, "There is no token 'nothing'");
        Assert.Equal(0, (await _tool.RunAsync("token", "revoke", (string)token["name"]!)).Code);
        (await _tool.RunAsync("devices")).IsRefused(4, "has ended, or was revoked. Run 'towpath login http");
    }

    [Fact]
    public async Task Of_several_logins_one_is_chosen_and_a_logout_ends_its_token()
    {
        (await _tool.RunAsync("logout")).IsRefused(2, "Nobody is logged in here");
        await LoginAsync(_server.HttpUrl!, "correct horse");
        await LoginAsync(_server.HttpsUrl!, "correct horse", "--fingerprint", _server.CertificateFingerprint!);
        string saved = await File.ReadAllTextAsync(Path.Combine(_tool.ConfigFolder, "towpath", "profile.json"));
        string token = (string)JsonNode.Parse(saved)!["profiles"]![_server.HttpsUrl!.Authority]!["token"]!;
        (string, string)[] kept = [("TOWPATH_URL", _server.HttpUrl!.ToString()), ("TOWPATH_TOKEN", token)];
        Assert.Equal(0, (await _tool.RunAsync(kept, null, ["devices"])).Code);

        Ended list = await _tool.RunAsync("profile", "list", "-o", "csv", "--columns", "current,url,keeps");
        Assert.Equal(2, list.Lines.Count(line => line.EndsWith(",a token", StringComparison.Ordinal)));
        Assert.Contains($"*,{_server.HttpsUrl},a token", list.Lines);
        Assert.Equal(0, (await _tool.RunAsync("profile", "use", $":{_server.HttpUrl.Port}")).Code);
        Assert.Contains($"CONTROLLER  {_server.HttpUrl}", (await _tool.RunAsync("whoami")).Output, StringComparison.Ordinal);
        (await _tool.RunAsync("profile", "use", "127.0.0.1")).IsRefused(2, "may be '127.0.0.1:");
        Assert.Contains($"CONTROLLER  {_server.HttpsUrl}", (await _tool.RunAsync([("TOWPATH_PROFILE", _server.HttpsUrl.Authority)], null,
            ["whoami"])).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await _tool.RunAsync("logout", _server.HttpsUrl.Authority)).Code);
        Assert.Equal(4, (await _tool.RunAsync(kept, null, ["devices"])).Code);
        Assert.Equal(0, (await _tool.RunAsync("devices")).Code);
    }

    /// <summary>The demo saves no id of its token; and somebody else may have revoked it.</summary>
    [Fact]
    public async Task A_logout_needs_no_id_of_the_token_and_no_token_that_still_lasts()
    {
        string file = Path.Combine(_tool.ConfigFolder, "towpath", "profile.json");
        await LoginAsync(_server.HttpUrl!, "correct horse");
        JsonNode saved = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        JsonObject login = saved["profiles"]![_server.HttpUrl!.Authority]!.AsObject();
        Assert.True(login.Remove("tokenId"));
        await File.WriteAllTextAsync(file, saved.ToJsonString());

        Ended first = await _tool.RunAsync("logout");
        await File.WriteAllTextAsync(file, saved.ToJsonString());
        Ended devices = await _tool.RunAsync("devices");
        Ended second = await _tool.RunAsync("logout");

        string said = $"Logged out of {_server.HttpUrl}.";
        Assert.Equal((0, said, ""), (first.Code, first.Output.Trim(), first.Error));
        Assert.Equal(4, devices.Code);
        Assert.Equal((0, said, ""), (second.Code, second.Output.Trim(), second.Error));
    }

    [Fact]
    public async Task A_wrong_password_ends_with_4_and_saves_nothing()
    {
        (await LoginAsync(_server.HttpUrl!, "wrong")).IsRefused(4, "does not accept user 'admin'");

        Assert.False(Directory.Exists(_tool.ConfigFolder));
    }

    [Fact]
    public async Task A_self_signed_certificate_needs_its_fingerprint()
    {
        Ended unknown = await LoginAsync(_server.HttpsUrl!, "correct horse");
        unknown.IsRefused(3, _server.CertificateFingerprint!);

        Ended known = await LoginAsync(_server.HttpsUrl!, "correct horse", "--fingerprint", _server.CertificateFingerprint!);
        Ended tasks = await _tool.RunAsync("task", "--json");

        Assert.Equal((0, 0), (known.Code, tasks.Code));
    }

    [Fact]
    public async Task The_environment_is_a_login_too()
    {
        (string, string)[] environment = [("TOWPATH_URL", _server.HttpsUrl!.ToString()), ("TOWPATH_USER", "admin"),
            ("TOWPATH_PASSWORD", "correct horse"), ("TOWPATH_FINGERPRINT", _server.CertificateFingerprint!)];

        Ended ended = await _tool.RunAsync(environment, null, ["devices"]);

        Assert.Equal((0, "None.\n", ""), (ended.Code, ended.Error, ended.Output));
    }

    [Fact]
    public async Task A_task_that_nobody_knows_is_a_failure()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        (await _tool.RunAsync("task", "0b6f3f0e-5f0c-4d3a-9d1e-0a8d5c1f2e3d")).IsRefused(1, "There is no task with the id '0b6f3f0e");
    }

    [Theory]
    [InlineData("task", "0b6f3f0e-5f0c-4d3a-9d1e-0a8d5c1f2e3d")]
    [InlineData("trace", "192.0.2.1", "255.255.255.255")]
    [InlineData("events", "--kind", "EARTHQUAKE")]
    [InlineData("discover", "10.99.1.300", "--community", "public")]
    [InlineData("find", "x")]
    public async Task What_is_refused_is_said_without_HTTP(params string[] arguments)
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        Ended refused = await _tool.RunAsync(arguments);

        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.DoesNotMatch("http|GET|POST|answered|\\b[45][0-9][0-9]\\b", refused.Error);
        Assert.Matches("^towpath: .{20,}", refused.Error);
    }

    [Theory]
    [InlineData("towpath: The request has 2 problems: SRC must be an IPv4 address such as 192.0.2.7, a device's name or a host's MAC "
        + "address, not 'a'. DST must be", "trace", "a", "b")]
    [InlineData("towpath: --range: '10.3/8' is no range", "credentials", "add", "lab", "--community", "public", "--range", "10.3/8")]
    [InlineData("towpath: TEXT must have 2 to 200 characters", "find", "x")]
    [InlineData("towpath: --retries must be a number from 0 to 10, not 11.", "discover", "10.1.1.1", "--community", "p", "--retries", "11")]
    public async Task What_is_refused_is_said_once_and_in_the_words_of_the_command(string said, params string[] arguments)
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        Ended refused = await _tool.RunAsync(arguments);

        Assert.Equal(1, refused.Code);
        Assert.StartsWith(said, refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.Split("not 'a'")[1..].DefaultIfEmpty());
    }

    [Fact]
    public async Task Of_no_device_the_status_says_how_to_find_some()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        Assert.Equal("No device is known yet: 'towpath discover' finds some.", (await _tool.RunAsync("status")).Output.Trim());
    }

    [Fact]
    public async Task A_trace_from_nowhere_is_a_failure_with_the_reason()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        (await _tool.RunAsync("trace", "192.0.2.1", "192.0.2.2")).IsRefused(1, "192.0.2.1");
    }

    [Fact]
    public async Task A_trace_from_nowhere_is_an_answer_in_JSON_all_the_same()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        Ended ended = await _tool.RunAsync("trace", "192.0.2.1", "192.0.2.2", "--json");
        JsonNode answer = JsonNode.Parse(ended.Output)!;
        Assert.Equal((1, "FAILED", "SourceNotFound"),
            (ended.Code, (string?)answer["request"]!["status"], (string?)answer["pathGraph"]!["ending"]!["kind"]));
        Assert.Contains("192.0.2.1", Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_discovered_is_said_with_the_reason()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");

        Ended ended = await _tool.RunAsync("discover", "10.99.1.1-10.99.1.3", "--community", "public", "--name", "silent");
        Assert.Equal(1, ended.Code);
        Assert.Contains("Nobody answered. Try one address", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Not collected: 3 addresses", ended.Output, StringComparison.Ordinal);
        Assert.Contains("10.99.1.1: No SNMP answer from 10.99.1.1 (at 127.99.1.1:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("... and 2 as silent", ended.Output, StringComparison.Ordinal);

        (await _tool.RunAsync("discover", "10.99.1.1", "--community", "public", "--name", "silent"))
            .IsRefused(1, "Discovery name is duplicate. 'towpath discover start NAME'");
        (await _tool.RunAsync("discover", "192.0.2.1", "--community", "public")).IsRefused(1, "no mapping of --map covers 192.0.2.1");
        (await _tool.RunAsync("discover", "10.99.1.1", "--crawl", "LLDP", "--within", "10.0.0.9-10.0.0.1", "--community", "public"))
            .IsRefused(1, "--within: the range 10.0.0.9-10.0.0.1 is reversed");
        Ended preview = await _tool.RunAsync("discover", "10.99.1.0/24", "--community", "public", "--pace", "200,20", "--preview");
        Assert.Equal((0, ""), (preview.Code, preview.Error));
        Assert.Contains("254 addresses, 1 credential at each: 0.8 minutes if nobody answers", preview.Output, StringComparison.Ordinal);
        (await _tool.RunAsync("discover", "10.99.1.1", "--levels", "1")).IsRefused(2, "'--levels'");
    }

    [Fact]
    public async Task A_discovery_of_many_ranges_has_a_name_that_fits_and_tells_lists_apart()
    {
        await LoginAsync(_server.HttpUrl!, "correct horse");
        string many = string.Join(',', Enumerable.Range(1, 40).Select(i => $"10.99.1.{i}-10.99.1.{i}"));

        Ended first = await _tool.RunAsync("discover", many, "--community", "public", "--no-wait", "--json");
        Ended second = await _tool.RunAsync("discover", many + ",10.99.2.1-10.99.2.1", "--community", "public", "--no-wait", "--json");

        Assert.True((0, 0) == (first.Code, second.Code), first.Error + second.Error);
        Assert.Matches(@"^Multi Range 10\.99\.1\.1-10\.99\.1\.1,.*\.\.\. \(40 in all, [0-9a-f]{8}\)$", Name(first));
        Assert.EndsWith(")", Name(second), StringComparison.Ordinal);
        Assert.NotEqual(Name(first), Name(second));
        (await _tool.RunAsync("discover", many, "--community", "public", "--no-wait")).IsRefused(1, "Discovery name is duplicate");

        static string Name(Ended ended) => (string)JsonNode.Parse(ended.Output)!["name"]!;
    }

    [Fact]
    public async Task A_busy_port_is_one_line_and_code_2()
    {
        Ended ended = await _tool.RunAsync("serve", "--data", Path.Combine(_tool.DataFolder, "other"), "--http", $"{_server.HttpUrl!.Port}",
            "--https", "0");

        ended.IsRefused(2, $"{_server.HttpUrl.Port}");
    }

    [Fact]
    public async Task A_server_says_where_it_serves_and_stops_cleanly_at_SIGTERM()
    {
        using Process serve = _tool.Start([], "serve", "--data", Path.Combine(_tool.DataFolder, "other"), "--http", "0", "--https",
            $"{FreePort.Tcp()}", "--json");
        string started = await RunningDemo.ReadJsonAsync(serve);
        Kill("-TERM", serve.Id);
        await serve.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        JsonNode answer = JsonNode.Parse(started)!;
        Assert.Equal((0, "admin"), (serve.ExitCode, (string?)answer["user"]));
        Assert.Equal(64, ((string)answer["fingerprint"]!).Length);
        Assert.Equal("", await serve.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_second_server_is_refused_though_locks_are_switched_off_and_a_killed_one_leaves_nothing_to_clean()
    {
        (string, string)[] withoutLocks = [("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1")];
        string[] start = ["serve", "--data", Path.Combine(_tool.DataFolder, "other"), "--http", "0", "--https", $"{FreePort.Tcp()}",
            "--json"];
        using Process first = _tool.Start(withoutLocks, start);
        await RunningDemo.ReadJsonAsync(first);

        (await _tool.RunAsync(withoutLocks, null, start)).IsRefused(2, $"is in use by process {first.Id} on ");
        AssertIsRefusedWithinASecond(Path.Combine(_tool.DataFolder, "other"), first.Id);

        first.Kill();
        await first.WaitForExitAsync();
        using Process second = _tool.Start(withoutLocks, start);
        await RunningDemo.ReadJsonAsync(second);
        Kill("-TERM", second.Id);
        await second.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, second.ExitCode);
    }

    /// <summary>What a second server does first, without the start of its process.</summary>
    private static void AssertIsRefusedWithinASecond(string data, int owner)
    {
        var asked = Stopwatch.StartNew();
        var refused = Assert.Throws<ServerStartException>(() => DataFolder.Open(data));
        Assert.InRange(asked.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Contains($"is in use by process {owner} on ", refused.Message, StringComparison.Ordinal);
    }

    private Task<Ended> LoginAsync(Uri url, string password, params string[] more) =>
        _tool.RunAsync([], password, ["login", url.ToString(), .. more]);

    private static void Kill(string signal, int process) => Process.Start("kill", [signal, $"{process}"]).WaitForExit();
}
