using System.Runtime.InteropServices;
using Towpath.Inventory;

namespace Towpath.Storage;

/// <summary>One row of <c>global_credential</c>.</summary>
internal static class CredentialRow
{
    public const string Columns = "id, kind, description, comments, sealed_content, created_at, ranges";

    public static StoredCredential Read(Row row) => new(
        row.Id(0), (CredentialKind)row.Int32(1), row.Text(2), row.Text(3),
        ImmutableCollectionsMarshal.AsImmutableArray(row.Octets(4)), row.Time(5))
    {
        Ranges = row.Text(6),
    };

    public static (string Name, object? Value)[] Values(StoredCredential credential) =>
    [
        ("id", credential.Id), ("kind", (int)credential.Kind), ("description", credential.Description), ("comments", credential.Comments),
        ("sealed_content", credential.Sealed), ("created_at", credential.CreatedAt), ("ranges", credential.Ranges),
    ];
}
