using System.Globalization;

namespace Towpath.Server.Tests;

/// <summary>One folder, one server; and nobody else's folder.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode Shared =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_server_is_refused_with_the_sentence_who_has_the_folder_however_it_is_named()
    {
        string link = Path.Combine(_folder.FullName, "link");
        Directory.CreateDirectory(Data);
        Directory.CreateSymbolicLink(link, Data);
        await using (RunningServer first = await StartAsync(Data))
        {
            foreach (string name in new[] { Data, link, Path.GetRelativePath(Environment.CurrentDirectory, Data),
                Path.Combine(link, "..", "data", ".") })
            {
                var refused = await Assert.ThrowsAsync<ServerStartException>(() => StartAsync(name));
                Assert.Contains($"is in use by process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} on ", refused.Message,
                    StringComparison.Ordinal);
                Assert.Contains(first.HttpUrl!.ToString(), refused.Message, StringComparison.Ordinal);
                Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', refused.Message);
            }
            using var http = new HttpClient { BaseAddress = first.HttpUrl };
            Assert.Equal(200, (int)(await http.GetAsync("/health/ready")).StatusCode); // the refused ones did it no harm
        }
        await using RunningServer next = await StartAsync(link);
    }

    [Fact]
    public async Task A_start_that_fails_gives_the_folder_back()
    {
        await using (RunningServer other = await StartAsync(Path.Combine(_folder.FullName, "other")))
        {
            var busy = new TowpathServerOptions { DataFolder = Data, HttpPort = other.HttpUrl!.Port, HttpsPort = 0 };
            await Assert.ThrowsAsync<ServerStartException>(() => TowpathServer.StartAsync(busy, default));
        }
        await using RunningServer next = await StartAsync(Data);
    }

    [Fact]
    public async Task A_folder_of_other_files_is_refused_and_stays_as_it_was()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Data);
        File.SetUnixFileMode(Data, Shared);
        File.WriteAllText(Path.Combine(Data, "thesis.txt"), "");

        foreach (Func<Task> use in new Func<Task>[] { () => StartAsync(Data), () => ResetAsync() })
        {
            var refused = await Assert.ThrowsAsync<ServerStartException>(use);
            Assert.Contains(Data, refused.Message, StringComparison.Ordinal);
            Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
            Assert.Equal(Shared, File.GetUnixFileMode(Data));
        }
        Assert.Contains("thesis.txt", (await Assert.ThrowsAsync<ServerStartException>(() => StartAsync(Data))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_taken_and_made_private_and_so_is_one_of_ours()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path.Combine(Data, "lost+found")); // a file system of its own
        for (int start = 0; start < 2; start++)
        {
            File.SetUnixFileMode(Data, Shared);
            await using RunningServer server = await StartAsync(Data);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        }
    }

    [Fact]
    public async Task A_start_that_was_cut_off_before_there_was_a_database_leaves_a_folder_that_is_ours()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "towpath.lock"), "");
        File.WriteAllText(Path.Combine(Data, "https.pfx.new"), "half");
        await using RunningServer server = await StartAsync(Data);
    }

    [Fact]
    public async Task A_password_is_not_reset_where_there_is_no_server()
    {
        await Assert.ThrowsAsync<ServerStartException>(() => ResetAsync());
        Assert.False(Directory.Exists(Data));
    }

    private Task<string> ResetAsync() => TowpathServer.ResetPasswordAsync(new TowpathServerOptions { DataFolder = Data }, default);

    private static Task<RunningServer> StartAsync(string data) =>
        TowpathServer.StartAsync(new TowpathServerOptions { DataFolder = data, HttpPort = -1, HttpsPort = 0 }, default);
}
