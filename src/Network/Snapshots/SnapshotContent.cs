namespace Towpath.Network;

/// <summary>
/// The content of a stored snapshot: the time of the collection, the uptime, and each table that has rows by its name. A reader passes over
/// what it does not know, and an absent table is empty, so facts and columns come and go without a new version.
/// </summary>
internal static class SnapshotContent
{
    public static void Write(SnapshotWriter to, DeviceSnapshot snapshot)
    {
        to.Signed(snapshot.CollectedAt.UtcTicks);
        to.Signed(snapshot.SysUpTime.Ticks);
        foreach (FactLayout layout in FactLayout.All.Where(layout => layout.Count(snapshot) > 0))
        {
            to.Text(layout.Name);
            to.Nested(inner => layout.Write(inner, snapshot, lastingOnly: false));
        }
    }

    public static DeviceSnapshot Read(ref SnapshotReader from)
    {
        DeviceSnapshot snapshot = SnapshotVersion3.ReadTimes(ref from);
        HashSet<string> seen = [];
        var table = new StoredTable();
        while (!from.IsAtEnd)
        {
            string name = from.Required();
            if (!seen.Add(name)) throw SnapshotReader.Damaged();
            SnapshotReader inner = from.Nested();
            if (FactLayout.Find(name) is not { } known) continue;
            ReadTable(ref inner, table);
            snapshot = known.Read(snapshot, table);
        }
        table.Clear(0);
        return seen.Contains(DeviceIdentity.Layout.Name) ? snapshot : throw SnapshotReader.Damaged();
    }

    private static void ReadTable(ref SnapshotReader from, StoredTable table)
    {
        int count = from.Count(), columns = from.Count();
        table.Clear(columns > 0 ? count : throw SnapshotReader.Damaged());
        for (; columns > 0; columns--)
        {
            string name = from.Required();
            ulong kind = from.Unsigned();
            SnapshotReader cells = from.Nested();
            if (!Enum.IsDefined((ColumnKind)Math.Min(kind, byte.MaxValue))) continue; // of a later program
            table.Add(name, (ColumnKind)kind, cells.Column((ColumnKind)kind, count));
            cells.ExpectEnd();
        }
        from.ExpectEnd();
    }
}
