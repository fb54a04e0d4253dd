using System.Globalization;
using Microsoft.Data.Sqlite;
using Towpath.Storage.Sqlite;

namespace Towpath.Storage.Tests;

public sealed class SqliteSessionTests
{
    [Fact]
    public void Of_the_queries_that_clients_can_think_of_the_last_hundred_stay_prepared()
    {
        using var session = new SqliteSession("Data Source=:memory:");
        session.Open();
        SqliteCommand frequent = session.Query("SELECT 0", out _);
        for (int i = 1; i <= 1_000; i++)
        {
            Assert.Equal(i + 5, session.First($"SELECT {i.ToString(CultureInfo.InvariantCulture)} + $more", row => row.Int32(0),
                ("more", 5)));
            Assert.Same(frequent, session.Query("SELECT 0", out bool isNew));
            Assert.False(isNew);
            Assert.True(session.Queries <= 100, $"{session.Queries} statements after {i} texts");
        }
        Assert.Equal(9, session.First("SELECT 1 + $more", row => row.Int32(0), ("more", 8))); // forgotten long ago
    }
}
