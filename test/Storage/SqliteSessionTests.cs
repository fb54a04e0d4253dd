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
            using (SqliteDataReader row = session.Query($"SELECT {i.ToString(CultureInfo.InvariantCulture)} + $more", ("$more", 5)))
            {
                Assert.True(row.Read());
                Assert.Equal(i + 5, row.GetInt32(0));
            }
            Assert.Same(frequent, session.Query("SELECT 0", out bool isNew));
            Assert.False(isNew);
            Assert.True(session.Queries <= 100, $"{session.Queries} statements after {i} texts");
        }
        using SqliteDataReader again = session.Query("SELECT 1 + $more", ("$more", 8)); // forgotten long ago
        Assert.True(again.Read());
        Assert.Equal(9, again.GetInt32(0));
    }
}
