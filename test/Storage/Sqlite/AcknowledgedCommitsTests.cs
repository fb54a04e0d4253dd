using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Accounts;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>
/// A file as a killed process leaves it, with what may happen to its log afterwards: SQLite alone would go on without the commits behind
/// the first damaged frame.
/// </summary>
public sealed class AcknowledgedCommitsTests : IDisposable
{
    private const int Commits = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");

    private string Database => Path.Combine(_folder.FullName, "copy", "towpath.db");

    private string Log => Database + "-wal";

    private string Numbers => AcknowledgedCommits.PathOf(Database);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_log_that_is_whole_has_all_that_was_acknowledged()
    {
        await LeaveBehindAsync();
        using ServiceProvider services = Open(Database);
        Assert.Equal(Commits, await services.GetRequiredService<IAccountStore>().SettingAsync("count", default));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.999)] // in the last commit
    public async Task A_log_that_is_damaged_before_its_end_is_refused_with_the_number_of_commits_that_are_lost(double where)
    {
        await LeaveBehindAsync();
        byte[] log = await File.ReadAllBytesAsync(Log);
        log[(int)(log.Length * where)] ^= 0x10;
        await File.WriteAllBytesAsync(Log, log);
        string message = AssertRefused();
        Assert.Matches($@"has lost \d+ commits that were acknowledged: it ends at commit \d+, and {Commits} was acknowledged", message);

        File.Delete(Numbers); // as the message says, by somebody who knows what it means
        using ServiceProvider services = Open(Database);
        Assert.InRange(await services.GetRequiredService<IAccountStore>().SettingAsync("count", default) ?? 0, 0, Commits - 1);
    }

    [Fact]
    public async Task A_log_that_is_cut_or_missing_is_refused()
    {
        await LeaveBehindAsync();
        using (FileStream log = File.OpenWrite(Log)) log.SetLength(log.Length / 2);
        AssertRefused();
        File.Delete(Log);
        AssertRefused();
    }

    [Fact]
    public async Task Of_two_records_the_one_that_was_torn_does_not_count()
    {
        await LeaveBehindAsync();
        byte[] numbers = await File.ReadAllBytesAsync(Numbers);
        numbers[3] ^= 1; // the newest: 20 is even
        await File.WriteAllBytesAsync(Numbers, numbers);
        using (var acknowledged = new AcknowledgedCommits(Database)) Assert.Equal(Commits - 1, acknowledged.Last);
        using ServiceProvider services = Open(Database);
        Assert.Equal(Commits, await services.GetRequiredService<IAccountStore>().SettingAsync("count", default));
    }

    [Fact]
    public async Task A_database_without_the_file_is_taken_as_it_is_and_has_one_from_then_on()
    {
        await LeaveBehindAsync();
        File.Delete(Numbers);
        using (ServiceProvider services = Open(Database)) await CommitAsync(services, 21);
        using var acknowledged = new AcknowledgedCommits(Database);
        Assert.Equal(Commits + 1, acknowledged.Last);
    }

    [Fact]
    public async Task A_damaged_page_is_found_without_anybody_asking_for_its_row()
    {
        await LeaveBehindAsync();
        using (ServiceProvider services = Open(Database)) await CommitAsync(services, 22);
        using var database = new SqliteDatabase(Database, Areas.All());
        var check = new SqliteCheck(database, NullLogger<SqliteCheck>.Instance);
        await check.RunAsync("", default);
        Assert.Null(check.Damage);

        const string Root = "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'";
        long page = database.Read(session => session.First(Root, row => row.Number(0)));
        using (SqliteSession session = database.OpenForWriting()) session.First("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Number(0));
        using (FileStream file = File.OpenWrite(Database))
        {
            file.Position = (page - 1) * 4096;
            file.Write([.. Enumerable.Repeat((byte)0xa5, 4096)]);
        }
        await check.RunAsync("", default);
        Assert.StartsWith("The database is damaged (setting: ", check.Damage, StringComparison.Ordinal);
        Assert.DoesNotContain("task:", check.Damage, StringComparison.Ordinal);
    }

    private string AssertRefused()
    {
        var refusal = Assert.Throws<StorageUnavailableException>(() => Open(Database));
        Assert.Contains("Restore a backup", refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }

    /// <summary>Copies the files while they are in use, as a kill leaves them.</summary>
    private async Task LeaveBehindAsync()
    {
        string running = Path.Combine(_folder.FullName, "towpath.db");
        using ServiceProvider services = Open(running);
        for (int i = 1; i <= Commits; i++) await CommitAsync(services, i);
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        foreach (string ending in new[] { "", "-wal", "-acknowledged" }) File.Copy(running + ending, Database + ending);
    }

    private static async Task CommitAsync(ServiceProvider services, long number) => Assert.True(
        (await services.GetRequiredService<IWriter>().CommitAsync([new SaveSetting("count", number)], default))[0]);

    private static ServiceProvider Open(string path)
    {
        ServiceProvider services = new ServiceCollection().AddSqliteStorage(path).BuildServiceProvider();
        try
        {
            services.GetRequiredService<SqliteDatabase>();
            return services;
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }
}
