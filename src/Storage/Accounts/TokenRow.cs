using Towpath.Accounts;

namespace Towpath.Storage;

/// <summary>One row of <c>token</c>.</summary>
internal static class TokenRow
{
    public const string Columns = "hash, account, role, issued_at, expires_at, idle_ms, used_at, name";

    public static AccessToken Read(Row row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.Time(4), row.IsNull(5) ? null : row.Duration(5), row.TimeOrNull(6),
        row.IsNull(7) ? null : row.Text(7));

    public static (string Name, object? Value)[] Values(AccessToken token) =>
    [
        ("hash", token.Hash), ("account", token.Account), ("role", token.Role), ("issued_at", token.IssuedAt),
        ("expires_at", token.ExpiresAt),
        ("idle_ms", token.Idle), ("used_at", token.UsedAt), ("name", token.Name),
    ];
}
