using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteRow(SqliteDataReader reader) : Row
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override string Text(int column) => reader.GetString(column);

    public override long Number(int column) => reader.GetInt64(column);

    public override byte[] Octets(int column) => reader.GetFieldValue<byte[]>(column);

    public override Guid Id(int column) => SqliteValue.Id(reader.GetFieldValue<byte[]>(column));
}
