using System.Net.Sockets;
using System.Security.Cryptography;

namespace Towpath.Server.Tests;

public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");

    private TowpathServerOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "data"), HttpPort = -1, HttpsPort = 0 };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_start_makes_a_password_once_and_tokens_outlive_a_restart()
    {
        string token;
        await using (RunningServer first = await TowpathServer.StartAsync(Options, default))
        {
            Assert.True(first.GeneratedAdminPassword!.Length >= 20);
            using var client = new HttpClient { BaseAddress = first.HttpUrl };
            using HttpResponseMessage answer = await client.SendAsync(TestServer.TokenRequest("admin", first.GeneratedAdminPassword));
            token = (await Answer.OfAsync(answer)).Json["Token"]!.GetValue<string>();
        }
        await using RunningServer second = await TowpathServer.StartAsync(Options with { AdminPassword = "another password" }, default);
        Assert.Null(second.GeneratedAdminPassword);
        Assert.True(second.AdminPasswordIgnored);
        using var http = new HttpClient { BaseAddress = second.HttpUrl, DefaultRequestHeaders = { { "X-Auth-Token", token } } };
        Assert.Equal(200, (int)(await http.GetAsync("/dna/intent/api/v1/task/count")).StatusCode);
        Assert.Equal(401, (int)(await http.SendAsync(TestServer.TokenRequest("admin", "another password"))).StatusCode);
    }

    [Fact]
    public async Task A_reset_password_opens_and_ends_what_was_open()
    {
        await using RunningServer server = await TowpathServer.StartAsync(Options, default);
        using var client = new HttpClient { BaseAddress = server.HttpUrl };
        // beside the running server, as an operator would
        string reset = await TowpathServer.ResetPasswordAsync(Options, default);
        Assert.Equal(401, (int)(await client.SendAsync(TestServer.TokenRequest("admin", server.GeneratedAdminPassword!))).StatusCode);
        Assert.Equal(200, (int)(await client.SendAsync(TestServer.TokenRequest("admin", reset))).StatusCode);
    }

    [Fact]
    public async Task Two_installations_share_no_secret()
    {
        await using RunningServer one =
            await TowpathServer.StartAsync(Options with { DataFolder = Path.Combine(_folder.FullName, "one"), HttpsPort = -1 }, default);
        await using RunningServer two =
            await TowpathServer.StartAsync(Options with { DataFolder = Path.Combine(_folder.FullName, "two"), HttpsPort = -1 }, default);
        Assert.NotEqual(one.GeneratedAdminPassword, two.GeneratedAdminPassword);
        Assert.NotEqual(one.CertificateFingerprint, two.CertificateFingerprint);
    }

    [Fact]
    public async Task Https_serves_with_the_certificate_whose_fingerprint_is_told_and_keeps_it()
    {
        string? fingerprint;
        await using (RunningServer server = await TowpathServer.StartAsync(Options with { HttpPort = 0, HttpsPort = -1 }, default))
        {
            fingerprint = server.CertificateFingerprint;
            string? seen = null;
            using var handler = new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
                    (seen = certificate!.GetCertHashString(HashAlgorithmName.SHA256)) is not null,
            };
            using var client = new HttpClient(handler) { BaseAddress = server.HttpsUrl };
            Assert.Equal("live\n", await client.GetStringAsync("/health/live"));
            Assert.Equal(fingerprint, seen);
            Assert.Null(server.HttpUrl);
        }
        await using RunningServer again = await TowpathServer.StartAsync(Options with { HttpPort = 0, HttpsPort = -1 }, default);
        Assert.Equal(fingerprint, again.CertificateFingerprint);
    }

    [Fact]
    public async Task A_busy_port_is_one_clear_line()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() =>
            TowpathServer.StartAsync(Options with { HttpPort = port }, default));
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_is_one_clear_line()
    {
        string file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() =>
            TowpathServer.StartAsync(Options with { DataFolder = file }, default));
        Assert.Contains(file, refusal.Message);
    }

    [Fact]
    public async Task A_database_that_is_none_is_one_clear_line()
    {
        Directory.CreateDirectory(Options.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(Options.DataFolder, "towpath.db"), new string('x', 4096));
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() => TowpathServer.StartAsync(Options, default));
        Assert.Contains("towpath.db", refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_map_that_would_leave_this_machine_is_refused()
    {
        var map = new[] { (Network.Prefix.Parse("10.0.0.0/8"), Network.Prefix.Parse("192.0.2.0/24")) };
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() =>
            TowpathServer.StartAsync(Options with { AddressMap = map }, default));
        Assert.Contains("127.0.0.0/8", refusal.Message);
    }

    [Theory]
    [InlineData(59, null, "--keep:")]
    [InlineData(3651 * 24 * 60, null, "--keep:")]
    [InlineData(null, 999, "--keep-most 999:")]
    [InlineData(null, -1, "--keep-most -1:")]
    public async Task What_is_kept_too_short_or_too_few_is_refused(int? minutes, int? most, string words)
    {
        TimeSpan? keep = minutes is { } given ? TimeSpan.FromMinutes(given) : null;
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() =>
            TowpathServer.StartAsync(Options with { Keep = keep, KeepMost = most }, default));
        Assert.StartsWith(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_the_owner_can_read_the_data()
    {
        await using RunningServer server = await TowpathServer.StartAsync(Options with { HttpsPort = -1 }, default);
        server.Services.GetService(typeof(object));
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Options.DataFolder) & Others);
        foreach (string entry in Directory.GetFileSystemEntries(Options.DataFolder, "*", SearchOption.AllDirectories))
            Assert.True((File.GetUnixFileMode(entry) & Others) == UnixFileMode.None, entry);
    }

    [Fact]
    public async Task Ready_is_said_when_nothing_is_waited_for()
    {
        await using RunningServer server = await TowpathServer.StartAsync(Options, default);
        using var client = new HttpClient { BaseAddress = server.HttpUrl };
        Assert.Equal(200, (int)(await client.GetAsync("/health/ready")).StatusCode);
        server.Readiness.WaitFor("the campus is discovered");
        Answer waiting = await Answer.OfAsync(await client.GetAsync("/health/ready"));
        ErrorTests.AssertIsError(waiting, 503);
        Assert.Contains("the campus is discovered", waiting.Text);
        server.Readiness.Done("the campus is discovered");
        Assert.Equal(200, (int)(await client.GetAsync("/health/ready")).StatusCode);
    }
}
