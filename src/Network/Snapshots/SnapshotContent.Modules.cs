using System.Collections.Immutable;

namespace Towpath.Network;

internal static partial class SnapshotContent
{
    private static void WriteModules(SnapshotWriter to, ImmutableArray<EntityModule> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Index);
        to.Text(rows, row => row.Name);
        to.Text(rows, row => row.Description);
        to.Text(rows, row => row.Manufacturer);
        to.Text(rows, row => row.Model);
        to.Text(rows, row => row.SerialNumber);
        to.Text(rows, row => row.SoftwareRevision);
    }

    private static ImmutableArray<EntityModule> ReadModules(ref SnapshotReader from)
    {
        int count = from.Count(columns: 7);
        long[] index = from.Numbers(count);
        string?[] name = from.Texts(count), description = from.Texts(count), manufacturer = from.Texts(count), model = from.Texts(count),
            serial = from.Texts(count), software = from.Texts(count);
        return Rows(count, i => new EntityModule(checked((int)index[i]), Some(name[i]), Some(description[i]), Some(manufacturer[i]), Some(model[i]),
            Some(serial[i]), Some(software[i])));
    }
}
