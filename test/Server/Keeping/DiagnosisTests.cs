namespace Towpath.Server.Tests;

/// <summary>The report for whoever helps: what it says, and what it never says.</summary>
public sealed class DiagnosisTests : IAsyncLifetime
{
    private const string Api = "/dna/intent/api/v1";

    private readonly TestServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_says_how_the_server_is()
    {
        Answer accepted = await _server.PostAsync($"{Api}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        string report = await ReportAsync();
        string[] expected =
        [
            "Towpath ", ".NET 10", "towpath.db: ", "mode 600", " GB free", "since ", "health/ready: 200 ready", "SQLite: 3.", "check: ok",
            "migration: task 001", "rows of device_snapshot: 0", "tasks: flow-analysis, failed, 1", "traces: status 2, once, 1",
        ];
        Assert.All(expected, words => Assert.Contains(words, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_has_no_secret_wherever_one_was_planted()
    {
        (string Path, string Body)[] credentials =
        [
            ("cli", """{"description":"d","username":"u","password":"canary-1","enablePassword":"canary-2"}"""),
            ("snmpv2-read-community", """{"description":"canary-3","readCommunity":"canary-4"}"""),
            ("snmpv3", """
                {"username":"canary-5","snmpMode":"AUTHPRIV","authType":"SHA","authPassword":"canary-6","privacyType":"AES128",
                "privacyPassword":"canary-7"}
                """),
        ];
        foreach ((string path, string body) in credentials)
        {
            Answer accepted = await _server.PostTextAsync($"{Api}/global-credential/{path}", $"[{body}]");
            await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        }
        string log = Path.Combine(_server.DataFolder, "log.txt");
        await File.WriteAllLinesAsync(log,
        [
            "First start: user admin, password canary-8 (printed once)", "X-Auth-Token: canary-9", "Authorization: Basic canary-10",
            "an innocent line",
        ]);
        string report = await ReportAsync(log);
        Assert.DoesNotContain("canary", report, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Password, report, StringComparison.Ordinal);
        Assert.DoesNotContain(await _server.TokenAsync(), report, StringComparison.Ordinal);
        Assert.Contains("an innocent line", report, StringComparison.Ordinal);
        foreach (string key in Directory.GetFiles(Path.Combine(_server.DataFolder, "keys")))
        {
            string secret = (await File.ReadAllTextAsync(key)).Split("<value>")[1].Split("</value>")[0];
            Assert.DoesNotContain(secret, report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_is_away_and_a_folder_that_is_not_there_are_said()
    {
        await _server.Running.DisposeAsync();
        Assert.Contains("health/ready: no answer", await ReportAsync(), StringComparison.Ordinal);
        string nowhere = string.Join('\n', await Diagnosis.ReportAsync(
            new TowpathServerOptions { DataFolder = Path.Combine(_server.DataFolder, "nowhere") }, null, default));
        Assert.Contains("is not there", nowhere, StringComparison.Ordinal);
        Assert.Contains("cannot be opened", nowhere, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_said_and_the_rest_is_reported()
    {
        await _server.Running.DisposeAsync();
        string database = Path.Combine(_server.DataFolder, "towpath.db");
        await File.WriteAllTextAsync(database, new string('x', 8192));
        string report = await ReportAsync();
        Assert.Contains("damaged or not a database", report, StringComparison.Ordinal);
        Assert.Contains(" GB free", report, StringComparison.Ordinal);
    }

    private async Task<string> ReportAsync(string? log = null) => string.Join('\n', await Diagnosis.ReportAsync(
        new TowpathServerOptions { DataFolder = _server.DataFolder }, log, default));
}
