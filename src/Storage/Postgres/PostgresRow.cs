using Npgsql;

namespace Towpath.Storage.Postgres;

internal sealed class PostgresRow(NpgsqlDataReader reader) : Row
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override string Text(int column) => reader.GetString(column);

    public override long Number(int column) => reader.GetInt64(column);

    public override byte[] Octets(int column) => reader.GetFieldValue<byte[]>(column);

    public override Guid Id(int column) => reader.GetGuid(column);
}
