using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>A server that is busy is backed up, and goes on somewhere else.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Api = "/dna/intent/api/v1";

    private readonly WithCertificate _server = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-backup-");

    private TowpathServerOptions Source => new() { DataFolder = _server.DataFolder };

    private string File => In("towpath.backup");

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_backup_of_a_busy_server_goes_on_elsewhere_with_its_tasks_credentials_and_certificate()
    {
        Guid credential = await AddCredentialAsync("planted-community");
        List<string> accepted = [];
        for (int i = 0; i < 20; i++) accepted.Add(await AcceptTraceAsync());
        using var stop = new CancellationTokenSource();
        Task[] load = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await AcceptTraceAsync();
        }))];
        Assert.True(Backup.Take(Source, File) > 0);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        string? fingerprint = _server.Running.CertificateFingerprint;

        TowpathServerOptions elsewhere = Source with { DataFolder = In("elsewhere"), HttpPort = -1, HttpsPort = -1 };
        Restore.Run(elsewhere, File);
        await using RunningServer restored = await TowpathServer.StartAsync(elsewhere, default);
        Assert.Equal(fingerprint, restored.CertificateFingerprint);
        Assert.Null(restored.GeneratedAdminPassword);
        var credentials = (Credentials)restored.Services.GetService(typeof(Credentials))!;
        Assert.Equal(new DeviceCredential.SnmpV2c("planted-community"), await credentials.ForReadingAsync(credential, default, default));
        using var client = new HttpClient { BaseAddress = restored.HttpUrl };
        Answer login = await Answer.OfAsync(await client.SendAsync(TestServer.TokenRequest("admin", TestServer.Password)));
        client.DefaultRequestHeaders.Add("X-Auth-Token", login.Json["Token"]!.GetValue<string>());
        foreach (string task in accepted)
            Assert.Equal(200, (await Answer.OfAsync(await client.GetAsync($"{Api}/task/{task}"))).Status);
    }

    [Fact]
    public void Nobody_but_its_owner_can_read_it_and_nothing_is_left_beside_it()
    {
        Backup.Take(Source, File);
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        Backup.Take(Source, File);
        AssertRefused("is there already", () => Backup.Take(Source, File));
        AssertRefused("is in use by process", () => Restore.Run(Source, File));
        TowpathServerOptions full = Source with { DataFolder = In("full") };
        Restore.Run(full, File);
        AssertRefused("writes over nothing", () => Restore.Run(full, File));
        Directory.CreateDirectory(In("others"));
        System.IO.File.WriteAllText(Path.Combine(In("others"), "letter.txt"), "mine");
        AssertRefused("holds other files", () => Restore.Run(Source with { DataFolder = In("others") }, File));
    }

    [Fact]
    public void A_certificate_that_is_there_refuses_the_restore_and_stays()
    {
        Backup.Take(Source, File);
        string certificate = Path.Combine(Directory.CreateDirectory(In("own")).FullName, "https.pfx");
        System.IO.File.WriteAllText(certificate, "our own");

        Assert.Contains("https.pfx", Assert.Throws<ServerStartException>(
            () => Restore.Run(Source with { DataFolder = In("own") }, File)).Message, StringComparison.Ordinal);

        Assert.Equal("our own", System.IO.File.ReadAllText(certificate));
        Assert.False(System.IO.File.Exists(Path.Combine(In("own"), "towpath.db")));
    }

    [Fact]
    public void What_is_no_backup_or_damaged_makes_no_folder_with_a_database()
    {
        AssertRefused("There is no data folder", () => Backup.Take(Source with { DataFolder = In("nowhere") }, File));
        AssertRefused("There is no backup", () => Restore.Run(Source with { DataFolder = In("new") }, File));
        System.IO.File.WriteAllText(File, "no archive");
        AssertNotRestored();

        System.IO.File.Delete(File);
        Backup.Take(Source, File);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..(whole.Length / 2)]);
        AssertNotRestored();
        whole[whole.Length / 3] ^= 0x40; // in the database
        System.IO.File.WriteAllBytes(File, whole);
        AssertNotRestored();
    }

    [Theory]
    [InlineData("../evil.xml")]
    [InlineData("keys/../../evil.xml")]
    [InlineData("/etc/evil")]
    [InlineData("towpath.lock")]
    public void An_archive_that_names_other_files_is_refused(string name)
    {
        Backup.Take(Source, File);
        ChangeManifest(manifest => manifest["files"]!.AsArray().Add(new JsonObject
        {
            ["name"] = name,
            ["octets"] = 0,
            ["sha256"] = "",
        }));
        AssertRefused("which no backup does", () => Restore.Run(Source with { DataFolder = In("new") }, File));
    }

    [Fact]
    public void A_backup_of_a_newer_version_is_refused()
    {
        Backup.Take(Source, File);
        ChangeManifest(manifest => manifest["format"] = 2);
        AssertRefused("newer version", () => Restore.Run(Source with { DataFolder = In("new") }, File));
    }

    [Fact]
    public void PostgreSQL_has_its_own_tools()
    {
        TowpathServerOptions shared = Source with { Database = "Host=/run/postgresql;Database=towpath" };
        AssertRefused("pg_dump", () => Backup.Take(shared, File));
        AssertRefused("pg_restore", () => Restore.Run(shared, File));
    }

    private void AssertNotRestored()
    {
        string data = In("new");
        AssertRefused("was not restored", () => Restore.Run(Source with { DataFolder = data }, File));
        Assert.DoesNotContain(Directory.GetFiles(data, "*", SearchOption.AllDirectories), file =>
            file.Contains("towpath.db", StringComparison.Ordinal) || file.EndsWith(".xml", StringComparison.Ordinal));
    }

    private static void AssertRefused(string words, Action action)
    {
        var refusal = Assert.Throws<ServerStartException>(action);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private void ChangeManifest(Action<JsonObject> change)
    {
        using ZipArchive zip = ZipFile.Open(File, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.GetEntry(BackupManifest.EntryName)!;
        JsonObject manifest;
        using (Stream json = entry.Open()) manifest = JsonNode.Parse(json)!.AsObject();
        change(manifest);
        entry.Delete();
        using Stream changed = zip.CreateEntry(BackupManifest.EntryName).Open();
        changed.Write(Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> AcceptTraceAsync()
    {
        Answer accepted = await _server.PostAsync($"{Api}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        return accepted.Response["taskId"]!.GetValue<string>();
    }

    private async Task<Guid> AddCredentialAsync(string community)
    {
        Answer accepted = await _server.PostAsync($"{Api}/global-credential/snmpv2-read-community",
            new[] { new { description = "d", readCommunity = community } });
        JsonObject ended = await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        return Guid.Parse(ended["progress"]!.GetValue<string>());
    }

    private sealed class WithCertificate : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with { HttpsPort = -1 };
    }
}
