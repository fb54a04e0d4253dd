using System.Diagnostics;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Commands.Tests;

/// <summary>What a newcomer does in a second terminal while the demo runs: commands, and the samples.</summary>
[Trait("Needs", "servers")]
public sealed class TourTests(TourTests.Demo demo) : IClassFixture<TourTests.Demo>
{
    private const string Campus = "10.1.15.117";
    private const string Branch = "10.2.1.22";

    [Fact]
    public async Task Trace_prints_a_table_row_for_each_element()
    {
        Ended ended = await demo.Tool.RunAsync("trace", Campus, Branch);

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("ELEMENT", ended.Lines[0], StringComparison.Ordinal);
        Assert.Equal(12, ended.Lines.Skip(1).TakeWhile(line => line != "Delivered.").Count());
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.Matches("^As a whole [1-9][0-9]? % sure\\.$", ended.Lines[14]);
        Assert.Contains(ended.Lines.Skip(1).Take(12), row => row.Contains(" 95 %", StringComparison.Ordinal));
        Assert.All(ended.Lines.Skip(15).Where(line => line.Contains("% sure", StringComparison.Ordinal)),
            line => Assert.Matches("^[0-9]+ [A-Za-z0-9.-]+: ([0-8]?[0-9]|9[0-4]) % sure\\. .", line));
    }

    [Fact]
    public async Task Trace_as_JSON_is_the_APIs_own_answer()
    {
        Ended ended = await demo.Tool.RunAsync("trace", Campus, Branch, "--json", "--stats");

        JsonNode answer = JsonNode.Parse(ended.Output)!;
        Assert.Equal(0, ended.Code);
        Assert.Equal("COMPLETED", (string?)answer["request"]!["status"]);
        Assert.Equal(["DEVICE-STATS", "INTERFACE-STATS"], answer["request"]!["inclusions"]!.AsArray().Select(word => (string?)word));
        Assert.Equal(12, answer["networkElementsInfo"]!.AsArray().Count);
        Assert.All(
            answer["networkElementsInfo"]!.AsArray().Where(element => (string?)element!["type"] is "Routers" or "Switches and Hubs"),
            element => Assert.Equal("SUCCESS", (string?)element!["deviceStatsCollection"]));
    }

    [Fact]
    public async Task The_ends_of_a_trace_may_be_names_and_one_that_nothing_has_is_refused()
    {
        Ended named = await demo.Tool.RunAsync("trace", Campus, "branch-router2", "--no-verify", "--json");
        Assert.Equal("10.2.2.2", (string?)JsonNode.Parse(named.Output)!["request"]!["destIP"]);
        (await demo.Tool.RunAsync("trace", Campus, "nobody")).IsRefused(1, "not 'nobody'");
    }

    [Fact]
    public async Task The_way_back_is_traced_at_once_and_compared()
    {
        Ended both = await demo.Tool.RunAsync("trace", Campus, Branch, "--reverse", "--no-verify", "--json");
        JsonNode answer = JsonNode.Parse(both.Output)!;
        Assert.Equal((0, Campus, Campus, true), (both.Code, (string?)answer["there"]!["request"]!["sourceIP"],
            (string?)answer["back"]!["request"]!["destIP"], (bool)answer["comparison"]!["isReverse"]!));
        Ended text = await demo.Tool.RunAsync("trace", Campus, Branch, "--reverse", "--no-verify");
        Assert.StartsWith("The way back is ", text.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_explained_by_the_rows_that_it_rests_on()
    {
        Ended explained = await demo.Tool.RunAsync("trace", Campus, Branch, "--no-verify", "--explain");

        string[] facts = [.. explained.Lines.SkipWhile(line => !line.StartsWith("ELEMENT  ", StringComparison.Ordinal)
            || !line.Contains("CONCLUSION", StringComparison.Ordinal))];
        Assert.True(facts.Length > 12, explained.Output);
        Assert.Contains(facts, line => line.StartsWith("8 CAMPUS-Router2", StringComparison.Ordinal)
            && line.Contains("10.2.", StringComparison.Ordinal));
        Assert.Equal(facts.Length, facts.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Distinct().Count());
    }

    [Fact]
    public async Task Changes_are_narrowed_to_the_devices_on_a_path()
    {
        Ended on = await demo.Tool.RunAsync(
            "changes", "--path", Campus, Branch, "--kind", "DEVICE_ADDED", "-o", "csv", "--columns", "device");

        Assert.Equal(0, on.Code);
        Assert.Contains("CAMPUS-Dist1", on.Lines);
        Assert.DoesNotContain("CAMPUS-Dist2", on.Lines);
    }

    [Fact]
    public async Task A_credential_is_stored_tested_and_not_shown()
    {
        Ended added = await demo.Tool.RunAsync("credentials", "add", "campus ro", "--community", "public", "--range", "10.2.0.0/16");
        await demo.Tool.RunAsync("credentials", "add", "wrong one", "--community", "wr0ng");
        Ended right = await demo.Tool.RunAsync("credentials", "test", "campus ro", "10.2.2.2");
        Ended list = await demo.Tool.RunAsync("credentials", "list", "-o", "wide");

        Assert.Equal((0, 0), (added.Code, right.Code));
        Assert.Equal("Branch-Router2 (10.2.2.2) takes 'campus ro'.", right.Output.Trim());
        Assert.Equal(0, (await demo.Tool.RunAsync("discover", "10.2.2.2", "--credential", "campus ro", "--name", "by name")).Code);
        Assert.Equal(0, (await demo.Tool.RunAsync("credentials", "delete", "wrong one")).Code);
        (await demo.Tool.RunAsync("credentials", "test", "wrong one", "10.2.2.2")).IsRefused(2, "There is no credential 'wrong one'");
        Assert.Contains("10.2.0.0/16", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", list.Output, StringComparison.Ordinal);
        (await demo.Tool.RunAsync("credentials", "test", "nothing", "10.2.2.2")).IsRefused(2, "There is no credential 'nothing'");
        Assert.DoesNotContain("test of", (await demo.Tool.RunAsync("discover", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_from_an_unknown_address_fails_with_1() =>
        (await demo.Tool.RunAsync("trace", "192.0.2.1", Branch)).IsRefused(1, "192.0.2.1");

    [Fact]
    public async Task A_trace_that_fails_on_the_way_shows_how_far_it_comes_and_says_why_with_1()
    {
        Ended ended = await demo.Tool.RunAsync("trace", Branch, "10.2.1.99");

        Assert.Equal(1, ended.Code);
        Assert.StartsWith("ELEMENT", ended.Lines[0], StringComparison.Ordinal);
        Assert.Contains("wired", ended.Lines[1], StringComparison.Ordinal);
        Assert.Contains(ended.Lines, line => line.StartsWith("The path ends: ", StringComparison.Ordinal));
        Assert.DoesNotContain("Delivered", ended.Output, StringComparison.Ordinal);
        Assert.StartsWith("towpath: ", Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_six_tasks_of_the_README_do_what_they_say()
    {
        string[] tour = [.. File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(line => line != "## A two-minute tour").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal(6, tour.Count(line => line.StartsWith("**", StringComparison.Ordinal)));
        string[] commands = [.. tour.Where(line => line.StartsWith("    towpath ", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.Equal(6, commands.Length);
        foreach (string command in commands)
        {
            // As a shell reads it: quotes keep the asterisk from the shell, and no word of the tour has a space.
            Ended ended = await demo.Tool.RunAsync([.. command.Replace("'", "", StringComparison.Ordinal).Split(' ')[1..]]);
            Assert.True((0, "") == (ended.Code, ended.Error), $"{command}: {ended.Error}");
            Assert.NotEmpty(ended.Lines);
        }
    }

    /// <summary>Terminals of three widths, and a pipe.</summary>
    [Theory]
    [InlineData("devices", "devices")]
    [InlineData("device", "device", "CAMPUS-Core2", "--columns", "name,address,role,model,series,software,serial,problem")]
    [InlineData("routes", "routes", "CAMPUS-*", Branch)]
    [InlineData("links", "links", "Branch-*")]
    [InlineData("trace", "trace", Campus, Branch, "--no-verify")]
    [InlineData("coverage", "device", "Branch-Access1", "--coverage")]
    public async Task Tables_fit_the_terminal(string name, params string[] arguments)
    {
        var shown = new System.Text.StringBuilder();
        foreach (string columns in new[] { "60", "80", "120", "" })
        {
            Ended ended = await demo.Tool.RunAsync([("COLUMNS", columns)], null, arguments);
            Assert.Equal(0, ended.Code);
            shown.Append($"=== {(columns.Length > 0 ? $"{columns} columns" : "through a pipe")}\n{ended.Output}{ended.Error}\n");
            if (columns.Length > 0)
                Assert.All([.. ended.Lines, .. ended.Error.Split('\n')], line => Assert.InRange(line.Length, 0, int.Parse(columns, null)));
        }
        Golden.Match($"terminal/{name}.txt", shown.ToString());
    }

    [Fact]
    public async Task Interfaces_that_lose_packets_and_those_that_nobody_uses_are_asked_for()
    {
        Ended errors = await demo.Tool.RunAsync("interfaces", "CAMPUS-Core2", "--errors", "--json");
        Assert.Equal((0, 0), (errors.Code, JsonNode.Parse(errors.Output)!.AsArray().Count)); // nothing is lost in the demo
        Ended wide = await demo.Tool.RunAsync("interfaces", "CAMPUS-Core2", "-o", "csv", "--columns", "name,rateIn,utilizationIn,lastUsed");
        Assert.Equal((0, "name,rateIn,utilizationIn,lastUsed"), (wide.Code, wide.Lines[0]));
        Assert.All(wide.Lines.Skip(1), line => Assert.Matches("[0-9]Z$", line)); // counters were read with the discovery
        Ended unused = await demo.Tool.RunAsync("interfaces", "CAMPUS-Core2", "--unused-for", "30d");
        Assert.Equal(0, unused.Code);
        Assert.Matches("^[0-9]+ more were not in use since we look, for less than 30 days", unused.Lines[^1]);
    }

    [Fact]
    public async Task Devices_are_named_by_name_address_serial_number_MAC_address_or_a_part_and_several_are_listed()
    {
        JsonNode known = JsonNode.Parse((await demo.Tool.RunAsync("device", "branch-router2", "--json")).Output)!;
        string[] words = ["Branch-Router2", (string)known["managementIpAddress"]!, (string)known["serialNumber"]!,
            (string)known["macAddress"]!, (string)known["id"]!, "Branch-R*"];
        foreach (string word in words)
        {
            Ended one = await demo.Tool.RunAsync("device", word, "--columns", "name");
            Assert.Equal((0, "NAME  Branch-Router2\n"), (one.Code, one.Output));
            Assert.Equal("name\nBranch-Router2\n", (await demo.Tool.RunAsync("devices", word, "-o", "csv", "--columns", "name")).Output);
        }
        Ended rows = await demo.Tool.RunAsync("interfaces", words[2], "--columns", "device", "-o", "csv");
        Assert.All(rows.Lines.Skip(1), line => Assert.Equal("Branch-Router2", line));
        Assert.True(rows.Lines.Length > 1);

        (await demo.Tool.RunAsync("device", "*-Router2"))
            .IsRefused(2, "2 devices are called *-Router2: Branch-Router2 (10.2.2.2), CAMPUS-Router2 (10.1.4.2). Name one");
        (await demo.Tool.RunAsync("trace", Campus, "CAMPUS-Core*")).IsRefused(2, "2 devices are called CAMPUS-Core*");
        (await demo.Tool.RunAsync("arp", "--device", "nobody")).IsRefused(2, "There is no device nobody");
        Ended traced = await demo.Tool.RunAsync("trace", Campus, words[2], "--no-verify", "--json");
        Assert.Equal("10.2.2.2", (string?)JsonNode.Parse(traced.Output)!["request"]!["destIP"]);
    }

    [Theory]
    [InlineData("find", "branch-router2")]
    [InlineData("task")]
    [InlineData("discover", "list")]
    [InlineData("events")]
    [InlineData("status", "--older", "1s")]
    [InlineData("credentials", "list")]
    [InlineData("device", "CAMPUS-Core2")]
    [InlineData("device", "CAMPUS-Core2", "--coverage")]
    [InlineData("devices")]
    [InlineData("trace", Campus, Branch, "--no-verify")]
    [InlineData("discover", "show", "demo campus")]
    [InlineData("table")]
    public async Task Every_table_has_four_forms_and_its_columns_can_be_chosen(params string[] arguments)
    {
        Ended csv = await demo.Tool.RunAsync([.. arguments, "-o", "csv"]);
        Ended wrong = await demo.Tool.RunAsync([.. arguments, "--columns", "colour"]);
        string first = csv.Lines[0].Split(',')[0];
        Ended chosen = await demo.Tool.RunAsync([.. arguments, "-o", "csv", "--columns", first]);
        Ended json = await demo.Tool.RunAsync([.. arguments, "-o", "json"]);
        Ended wide = await demo.Tool.RunAsync([.. arguments, "-o", "wide"]);

        Assert.Equal((0, 0, 0, 0), (csv.Code, chosen.Code, json.Code, wide.Code));
        Assert.Equal(first, chosen.Lines[0]);
        Assert.NotNull(JsonNode.Parse(json.Output));
        wrong.IsRefused(2, "There is no column 'colour'");
    }

    [Fact]
    public async Task Devices_can_be_narrowed()
    {
        Ended branch = await demo.Tool.RunAsync("devices", "Branch.*", "--json");
        Ended borders = await demo.Tool.RunAsync("devices", "--role", "border router");

        Assert.Equal(["Branch-Access1", "Branch-Router2"],
            JsonNode.Parse(branch.Output)!.AsArray().Select(device => (string?)device!["hostname"]));
        Assert.Equal(["Branch-Router2", "CAMPUS-Router1", "CAMPUS-Router2"], borders.Lines.Skip(1).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Tables_of_all_devices_are_narrowed_sorted_and_written_in_four_forms()
    {
        Ended routes = await demo.Tool.RunAsync("routes", "CAMPUS-*", Branch, "--columns", "device,network,prefixLength,nextHop");
        Ended where = await demo.Tool.RunAsync("where", Campus, "--json");
        Ended file = await demo.Tool.RunAsync("interfaces", "Branch-Router2", "-o", "csv", "--sort", "name", "--desc", "--columns", "name");
        Ended wide = await demo.Tool.RunAsync("arp", "10.1.0.0/16", "-o", "wide");
        Ended wrong = await demo.Tool.RunAsync("vlans", "--where", "colour=red");

        Assert.Equal(["DEVICE", "NETWORK", "PREFIX", "LENGTH", "NEXT", "HOP"],
            routes.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(routes.Lines.Distinct(), routes.Lines);
        Assert.True(routes.Lines.Length > 1);
        Assert.All(routes.Lines.Skip(1), line => Assert.StartsWith("CAMPUS-", line, StringComparison.Ordinal));
        Assert.Equal(Campus, (string?)Assert.Single(JsonNode.Parse(where.Output)!.AsArray())!["row"]!["address"]);
        Assert.Equal("name", file.Lines[0]);
        Assert.Equal(file.Lines.Skip(1).OrderDescending(StringComparer.OrdinalIgnoreCase), file.Lines.Skip(1));
        Assert.Contains("SOURCE", wide.Lines[0], StringComparison.Ordinal);
        wrong.IsRefused(2, "has no column 'colour'");
    }

    [Fact]
    public async Task The_status_counts_the_devices_that_are_well_and_credentials_are_listed_without_secrets()
    {
        Ended status = await demo.Tool.RunAsync("status");
        Assert.Equal(0, status.Code);
        Assert.EndsWith("devices answer and were read whole, the last time less than 26 h ago.", status.Lines[^1],
            StringComparison.Ordinal);
        Ended credentials = await demo.Tool.RunAsync("credentials", "list");
        Assert.Equal((0, ""), (credentials.Code, credentials.Error));
        Assert.StartsWith("KIND", credentials.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_a_name_is_found()
    {
        Ended found = await demo.Tool.RunAsync("find", "branch-router2");

        Assert.Equal((0, "device"), (found.Code, found.Lines[1].Split(' ')[0]));
        Assert.StartsWith("KIND", found.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_say_what_changed_in_columns_or_as_JSON()
    {
        Ended ended = await demo.Tool.RunAsync("events", "CAMPUS-Core2", "--since", "2h", "--kind", "device_added");
        Ended json = await demo.Tool.RunAsync("events", "--kind", "DEVICE_ADDED", "--json");
        Ended none = await demo.Tool.RunAsync("events", "--table", "vrfs");
        Ended wrong = await demo.Tool.RunAsync("events", "--kind", "EARTHQUAKE");

        Assert.Equal((0, "", 2), (ended.Code, ended.Error, ended.Lines.Count(line => line.Length > 0)));
        Assert.StartsWith("TIME", ended.Lines[0], StringComparison.Ordinal);
        Assert.Contains("  CAMPUS-Core2  DEVICE_ADDED", ended.Lines[1], StringComparison.Ordinal);
        Assert.Equal(10, JsonNode.Parse(json.Output)!.AsArray().Count);
        Assert.Equal((0, "None.", ""), (none.Code, none.Error.Trim(), none.Output));
        wrong.IsRefused(1, "kind must be one of DEVICE_ADDED");
    }

    [Fact]
    public async Task Coverage_says_which_tables_answered_and_what_mends_the_others()
    {
        Ended ended = await demo.Tool.RunAsync("device", "CAMPUS-Core2", "--coverage");
        Ended unknown = await demo.Tool.RunAsync("device", "NOBODY", "--coverage");

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("TABLE", ended.Lines[0], StringComparison.Ordinal);
        Assert.Contains(ended.Lines,
            line => line.StartsWith("ifTable ", StringComparison.Ordinal) && line.Contains("ANSWERED", StringComparison.Ordinal));
        Assert.Contains(ended.Lines,
            line => line.StartsWith("cHsrpGrpTable ", StringComparison.Ordinal) && line.Contains("NOT_SERVED", StringComparison.Ordinal));
        Assert.NotEqual(0, unknown.Code);
        Assert.Contains("towpath devices", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_discovery_of_a_used_name_fails_with_1_and_the_APIs_words()
    {
        Ended ended = await demo.Tool.RunAsync("discover", "10.255.1.1", "--community", "public", "--name", "demo campus");

        ended.IsRefused(1, "Discovery name is duplicate");
    }

    [Fact]
    public async Task A_discovery_can_be_made_started_and_deleted()
    {
        Ended made = await demo.Tool.RunAsync("discover", "10.255.1.1-10.255.1.2", "--community", "public", "--name", "cores", "--json");
        Ended started = await demo.Tool.RunAsync("discover", "start", "cores");
        Ended deleted = await demo.Tool.RunAsync("discover", "delete", "cores");
        Ended gone = await demo.Tool.RunAsync("discover", "stop", "cores");

        Assert.Equal(("Range", "Complete"),
            ((string?)JsonNode.Parse(made.Output)!["discoveryType"], (string?)JsonNode.Parse(made.Output)!["discoveryCondition"]));
        Assert.Equal((0, 0), (started.Code, deleted.Code));
        gone.IsRefused(2, "There is no discovery 'cores'");
    }

    [Fact]
    public async Task A_task_can_be_followed()
    {
        Ended latest = await demo.Tool.RunAsync("task", "--json");
        string id = (string)JsonNode.Parse(latest.Output)!.AsArray().Last()!["id"]!;

        Ended one = await demo.Tool.RunAsync("task", id, "--wait", "--tree");

        Assert.Equal(0, one.Code);
        Assert.Contains(id, one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_run_as_they_are()
    {
        string path = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "test", "Approved", "demo-path.txt"));

        string trace = await SampleAsync("PathTrace.cs");
        string statistics = await SampleAsync("PathTraceStatistics.cs");
        string discovery = await SampleAsync("Discovery.cs");

        Assert.StartsWith("{\n", trace, StringComparison.Ordinal);
        Assert.EndsWith(path, trace, StringComparison.Ordinal);
        Assert.Equal(path, string.Concat(statistics.Split('\n').Where(line => line.Length > 0 && line[0] != ' ')
            .Select(line => $"{line}\n")));
        Assert.Contains("    software 15.1(2)SY4a\n", statistics, StringComparison.Ordinal);
        Assert.Contains("    CPU ", statistics, StringComparison.Ordinal);
        Assert.Contains("A second one of that name: Discovery name is duplicate (Failed to create discovery)\n", discovery,
            StringComparison.Ordinal);
        Assert.Contains("Started again: Complete, 6 devices\n", discovery, StringComparison.Ordinal);
    }

    private async Task<string> SampleAsync(string name)
    {
        // No build server: it would outlive the test and keep its pipes open.
        (string, string)[] environment = [("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"),
            ("DOTNET_CLI_USE_MSBUILD_SERVER", "0")];
        using Process process = demo.Tool.Start("dotnet", environment, "run", Path.Combine(Repository.Root, "samples", name));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}: {await output}{await error}");
        return await output;
    }

    public sealed class Demo : IAsyncLifetime
    {
        private RunningDemo? _demo;

        internal Tool Tool { get; } = new();

        public async Task InitializeAsync() => _demo = await RunningDemo.StartAsync(Tool);

        public async Task DisposeAsync()
        {
            if (_demo is not null) await _demo.DisposeAsync();
            Tool.Dispose();
        }
    }
}
