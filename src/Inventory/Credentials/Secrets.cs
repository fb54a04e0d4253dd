using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Encrypts values for the database with the process's key ring, which lies beside it.</summary>
public sealed class Secrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Towpath.Inventory.Secrets.v1");

    public ImmutableArray<byte> Seal(object value) =>
        ImmutableCollectionsMarshal.AsImmutableArray(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType())));

    public ImmutableArray<byte> SealCredential(DeviceCredential credential) => Seal(credential switch
    {
        DeviceCredential.SnmpV1 v1 => new SealedCredential(v1.Community, null, null),
        DeviceCredential.SnmpV2c v2 => new SealedCredential(null, v2.Community, null),
        DeviceCredential.SnmpV3 v3 => new SealedCredential(null, null, v3),
        _ => throw new ArgumentOutOfRangeException(nameof(credential), "Only SNMP v1, v2c and v3 credentials are stored with a device."),
    });

    /// <summary>For the database.</summary>
    public StoredAccess Store(AccessSettings access) => new(
        access.GlobalCredentialId,
        access.GlobalCredentialId is null ? SealCredential(access.Credential) : [],
        access.Retries,
        access.Timeout ?? TimeSpan.FromSeconds(2))
    {
        SnmpPort = access.SnmpPort,
    };

    /// <summary>The same with the credential that <paramref name="stored"/> stands for.</summary>
    public static AccessSettings Access(StoredAccess stored, DeviceCredential credential) =>
        new(credential, stored.GlobalCredentialId, stored.Retries, stored.Timeout) { SnmpPort = stored.SnmpPort };

    /// <inheritdoc cref="Open{T}"/>
    public DeviceCredential? OpenCredential(ImmutableArray<byte> sealedValue) => Open<SealedCredential>(sealedValue) switch
    {
        { V1: { } community } => new DeviceCredential.SnmpV1(community),
        { V2c: { } community } => new DeviceCredential.SnmpV2c(community),
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

    /// <summary>One of the three is set. The names are those of data folders since the first release.</summary>
    private sealed record SealedCredential(string? V1, string? V2c, DeviceCredential.SnmpV3? V3);
}
