using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>How a device was reached, to be used again.</summary>
/// <param name="Credential">The one that worked.</param>
/// <param name="GlobalCredentialId">The stored credential it is, which is then looked up anew at each use; null when it was given
/// inline.</param>
/// <param name="Retries">See <see cref="DeviceAccess.Retries"/>.</param>
/// <param name="Timeout">See <see cref="DeviceAccess.Timeout"/>.</param>
public sealed record AccessSettings(DeviceCredential Credential, Guid? GlobalCredentialId = null, int Retries = 2, TimeSpan? Timeout = null)
{
    /// <summary>Those of the stored credential.</summary>
    public CredentialRanges Ranges { get; init; } = CredentialRanges.Anywhere;

    /// <summary>Of UDP, 1..65,535; null: as <see cref="DeviceReach.SnmpPort"/> says.</summary>
    public int? SnmpPort { get; init; }
}

/// <summary>The same as the database has it.</summary>
/// <param name="Sealed">An inline credential, see <see cref="Secrets"/>; empty when <paramref name="GlobalCredentialId"/> is set.</param>
public sealed record StoredAccess(Guid? GlobalCredentialId, ImmutableArray<byte> Sealed, int Retries, TimeSpan Timeout)
{
    /// <inheritdoc cref="AccessSettings.SnmpPort"/>
    public int? SnmpPort { get; init; }
}
