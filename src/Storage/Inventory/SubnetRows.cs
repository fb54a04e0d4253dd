using Towpath.Inventory;

namespace Towpath.Storage;

/// <summary>
/// Which subnets are silent: each device's row of the schedule says in which subnet it did not answer, and a row for each subnet, while one
/// of its devices is silent, whether that was told.
/// </summary>
internal static class SubnetRows
{
    public const string Migration = """
        ALTER TABLE collection_schedule ADD COLUMN silent_in TEXT;
        CREATE INDEX collection_schedule_silent ON collection_schedule (silent_in) WHERE silent_in IS NOT NULL;
        CREATE TABLE subnet_silence (subnet TEXT NOT NULL PRIMARY KEY, is_told INTEGER NOT NULL) WITHOUT ROWID;
        """;

    public const string PostgresMigration = """
        ALTER TABLE collection_schedule ADD COLUMN silent_in TEXT COLLATE "C";
        CREATE INDEX collection_schedule_silent ON collection_schedule (silent_in) WHERE silent_in IS NOT NULL;
        CREATE TABLE subnet_silence (subnet TEXT COLLATE "C" NOT NULL PRIMARY KEY, is_told BIGINT NOT NULL);
        """;

    /// <summary>One process at a time for a subnet: the row is held first, so what is counted then is the newest of all of them.</summary>
    public static bool Conclude(ISqlSession session, ConcludeSubnet conclude)
    {
        string subnet = conclude.Subnet.ToString();
        session.Run("""
            INSERT INTO subnet_silence (subnet, is_told) VALUES ($subnet, 0)
            ON CONFLICT (subnet) DO UPDATE SET is_told = subnet_silence.is_told
            """, ("subnet", subnet));
        int silent = session.First(
            "SELECT COUNT(*) FROM collection_schedule WHERE silent_in = $subnet AND pulse_at IS NOT NULL",
            row => row.Int32(0), ("subnet", subnet));
        if (SubnetOutage.Of(conclude.Subnet, silent, conclude.Devices) is not { } outage)
        {
            session.Run("DELETE FROM subnet_silence WHERE subnet = $subnet", ("subnet", subnet));
            return false;
        }
        bool isNews = session.Run("UPDATE subnet_silence SET is_told = 1 WHERE subnet = $subnet AND is_told = 0", ("subnet", subnet)) > 0;
        return isNews && HistoryTables.Add(session, [outage.EventAt(conclude.At)]);
    }
}
