using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Towpath.Snmp;

namespace Towpath.Inventory;

/// <summary>Encrypts values for the database with the process's key ring, which lies beside it.</summary>
public sealed class Secrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Towpath.Inventory.Secrets.v1");

    public ImmutableArray<byte> Seal(object value) =>
        ImmutableCollectionsMarshal.AsImmutableArray(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType())));

    public ImmutableArray<byte> SealSnmp(SnmpCredential credential) => Seal(credential switch
    {
        SnmpCredential.V1 v1 => new SealedSnmp(v1.Community, null, null),
        SnmpCredential.V2c v2 => new SealedSnmp(null, v2.Community, null),
        SnmpCredential.V3 v3 => new SealedSnmp(null, null, v3),
        _ => throw new ArgumentOutOfRangeException(nameof(credential), "SNMP has v1, v2c and v3."),
    });

    /// <summary>For the database.</summary>
    public StoredAccess Store(AccessSettings access) => new(
        access.GlobalCredentialId,
        access.GlobalCredentialId is null ? SealSnmp(access.Credential) : [],
        access.Retries,
        access.Timeout ?? TimeSpan.FromSeconds(2));

    /// <summary>The same with the credential that <paramref name="stored"/> stands for.</summary>
    public static AccessSettings Access(StoredAccess stored, SnmpCredential credential) =>
        new(credential, stored.GlobalCredentialId, stored.Retries, stored.Timeout);

    /// <inheritdoc cref="Open{T}"/>
    public SnmpCredential? OpenSnmp(ImmutableArray<byte> sealedValue) => Open<SealedSnmp>(sealedValue) switch
    {
        { V1: { } community } => new SnmpCredential.V1(community),
        { V2c: { } community } => new SnmpCredential.V2c(community),
        { V3: { } v3 } => v3,
        _ => null,
    };

    /// <summary>Null when the key that sealed it is gone, or the octets were changed.</summary>
    public T? Open<T>(ImmutableArray<byte> sealedValue) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(_protector.Unprotect([.. sealedValue]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>One of the three is set.</summary>
    private sealed record SealedSnmp(string? V1, string? V2c, SnmpCredential.V3? V3);
}
