using Towpath.Accounts;

namespace Towpath.Storage;

/// <summary>One row of <c>account</c>.</summary>
internal static class AccountRow
{
    public const string Columns = "name, password_hash, role, created_at";

    public static Account Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Time(3));

    public static (string Name, object? Value)[] Values(Account account) =>
        [("name", account.Name), ("password_hash", account.PasswordHash), ("role", account.Role), ("created_at", account.CreatedAt)];
}
