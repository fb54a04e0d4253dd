using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// The rows of one query, one after the other. Most texts of a list are those of the row before (whose tasks they are, and of which
/// service), and then the same string: what is not made need not be collected.
/// </summary>
internal sealed class SqliteRow(SqliteDataReader reader) : Row
{
    private readonly sqlite3_stmt _statement = reader.Handle ?? throw new InvalidOperationException("The reader has no statement.");
    private string?[] _before = [];

    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override string Text(int column)
    {
        if (IsNull(column)) return reader.GetString(column); // which says so
        if (_before.Length == 0) _before = new string?[reader.FieldCount];
        ReadOnlySpan<byte> octets = raw.sqlite3_column_blob(_statement, column); // our files are in UTF-8
        if (_before[column] is not { } before || !Ascii.Equals(octets, before)) _before[column] = before = Encoding.UTF8.GetString(octets);
        return before;
    }

    public override long Number(int column) => reader.GetInt64(column);

    public override byte[] Octets(int column) => reader.GetFieldValue<byte[]>(column);

    public override Guid Id(int column) => SqliteValue.Id(raw.sqlite3_column_blob(_statement, column));
}
