using Microsoft.Extensions.DependencyInjection;
using Towpath.Storage.Postgres;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

internal sealed class PostgresEngine(PostgresServer server) : IEngine
{
    public Database NewDatabase(int capacity) => new PostgresTestDatabase(server, capacity);
}

/// <summary>A database of the shared server, and one process that uses it; <see cref="Beside"/> is another.</summary>
internal sealed class PostgresTestDatabase : Database
{
    private readonly PostgresServer _server;
    private readonly bool _isOwner;
    private readonly ServiceProvider _services;

    public PostgresTestDatabase(PostgresServer server, int capacity = GroupCommit.Capacity)
        : this(server, server.Borrow(), isOwner: true, capacity)
    {
    }

    private PostgresTestDatabase(PostgresServer server, PostgresAddress address, bool isOwner, int capacity)
    {
        (_server, Address, _isOwner) = (server, address, isOwner);
        IServiceCollection services = new ServiceCollection().AddPostgresStorage(address);
        services.AddSingleton<IArea, NoteTables>();
        services.AddSingleton<IWriter>(provider => new GroupCommit(provider.GetRequiredService<PostgresDatabase>(), capacity));
        _services = services.BuildServiceProvider();
    }

    public PostgresAddress Address { get; }

    public override IServiceProvider Services => _services;

    public PostgresDatabase Engine => _services.GetRequiredService<PostgresDatabase>();

    /// <summary>Another node on the same database.</summary>
    public PostgresTestDatabase Beside() => new(_server, Address, isOwner: false, GroupCommit.Capacity);

    public override string? Note(string name)
    {
        using PostgresSession session = Engine.OpenSession();
        return session.First("SELECT text FROM note WHERE name = $name", row => row.Text(0), ("name", name));
    }

    public override long Count(string table)
    {
        using PostgresSession session = Engine.OpenSession();
        return session.First("SELECT COUNT(*) FROM " + table, row => row.Number(0));
    }

    protected override void Dispose(bool disposing)
    {
        _services.Dispose();
        if (_isOwner) _server.Return(Address);
    }
}
