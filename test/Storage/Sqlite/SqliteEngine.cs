using Microsoft.Extensions.DependencyInjection;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

internal sealed class SqliteEngine : IEngine
{
    public Database NewDatabase(int capacity) => new SqliteTestDatabase(capacity);
}

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteTestDatabase : Database
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly ServiceProvider _services;

    public SqliteTestDatabase(int capacity = GroupCommit.Capacity)
    {
        IServiceCollection services = new ServiceCollection().AddSqliteStorage(Path.Combine(_folder.FullName, "towpath.db"));
        services.AddSingleton<IArea, NoteTables>();
        services.AddSingleton<IWriter>(provider => new GroupCommit(provider.GetRequiredService<SqliteDatabase>(), capacity));
        _services = services.BuildServiceProvider();
    }

    public override IServiceProvider Services => _services;

    private SqliteDatabase File => _services.GetRequiredService<SqliteDatabase>();

    public override string? Note(string name) => File.Read(session =>
        session.First("SELECT text FROM note WHERE name = $name", row => row.Text(0), ("name", name)));

    public override long Count(string table) => File.Read(session => session.First("SELECT COUNT(*) FROM " + table, row => row.Number(0)));

    /// <summary>How SQLite would find the rows, in its words.</summary>
    public string Plan(string query) => string.Join('\n',
        File.Read(session => session.List("EXPLAIN QUERY PLAN " + query, row => row.Text(3))));

    /// <summary>As a connection that writes has it.</summary>
    public long Pragma(string name)
    {
        using SqliteSession session = File.OpenForWriting();
        return session.First("PRAGMA " + name, row => row.Number(0));
    }

    protected override void Dispose(bool disposing)
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }
}
