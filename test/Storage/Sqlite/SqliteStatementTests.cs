using Towpath.Storage.Sqlite;

namespace Towpath.Storage.Tests;

public sealed class SqliteStatementTests
{
    [Fact]
    public void What_one_caller_bound_before_it_was_refused_is_not_the_next_ones()
    {
        using var session = new SqliteSession("Data Source=:memory:");
        session.Open();
        using (var create = new SqliteStatement(session, "CREATE TABLE note (name TEXT, number INTEGER)")) create.Run([]);
        using var insert = new SqliteStatement(session, "INSERT INTO note VALUES ($name, $number)");

        Assert.Throws<ArgumentException>(() => insert.Run([("name", "somebody's"), ("number", new object())]));
        insert.Run([("name", null), ("number", 1)]);

        using var count = new SqliteStatement(session, "DELETE FROM note WHERE name IS NULL");
        Assert.Equal(1, count.Run([]));
    }
}
