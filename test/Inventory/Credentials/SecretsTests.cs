using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>
/// The form of sealed credentials in data folders since commit e1ce82e, written out here: it must open in every later program.
/// </summary>
public sealed class SecretsTests
{
    private const string User = """{"User":"towpath","Auth":4,"AuthPassword":"auth-password","Priv":2,"PrivPassword":"priv-password"}""";

    private static readonly DeviceCredential.SnmpV3 s_user = new(
        "towpath", AuthenticationProtocol.Sha256, "auth-password", PrivacyProtocol.Aes128, "priv-password");

    private readonly EphemeralDataProtectionProvider _keys = new();

    public static TheoryData<string, DeviceCredential> Sealed => new()
    {
        { """{"V1":"a-community","V2c":null,"V3":null}""", new DeviceCredential.SnmpV1("a-community") },
        { """{"V1":null,"V2c":"a-community","V3":null}""", new DeviceCredential.SnmpV2c("a-community") },
        { $$"""{"V1":null,"V2c":null,"V3":{{User}}}""", s_user },
    };

    [Theory]
    [MemberData(nameof(Sealed))]
    public void The_credential_of_a_device_is_sealed_and_opened_as_it_always_was(string json, DeviceCredential credential)
    {
        var secrets = new Secrets(_keys);
        Assert.Equal(credential, secrets.OpenCredential(Protect(json)));
        Assert.Equal(json, Unprotect(secrets.SealCredential(credential)));
    }

    [Fact]
    public async Task A_stored_user_is_sealed_and_opened_as_it_always_was()
    {
        var inventory = new MemoryInventory(_keys);
        var row = new StoredCredential(Guid.NewGuid(), CredentialKind.SnmpV3, "core", "", Protect(User), Facts.Noon);
        await inventory.CommitAsync([new SaveCredential(row)], CancellationToken.None);

        GlobalCredential stored = (await inventory.Credentials.FindAsync(row.Id, CancellationToken.None))!;

        Assert.Equal(new CredentialContent.V3(s_user), stored.Content);
        var saved = Assert.IsType<SaveCredential>(inventory.Credentials.Save(stored));
        Assert.Equal(User, Unprotect(saved.Credential.Sealed));
    }

    [Theory]
    [InlineData(AuthenticationProtocol.None, 0)]
    [InlineData(AuthenticationProtocol.Md5, 1)]
    [InlineData(AuthenticationProtocol.Sha1, 2)]
    [InlineData(AuthenticationProtocol.Sha224, 3)]
    [InlineData(AuthenticationProtocol.Sha256, 4)]
    [InlineData(AuthenticationProtocol.Sha384, 5)]
    [InlineData(AuthenticationProtocol.Sha512, 6)]
    public void The_numbers_of_authentication_protocols_are_stored(AuthenticationProtocol protocol, int number) =>
        Assert.Equal(number, (int)protocol);

    [Theory]
    [InlineData(PrivacyProtocol.None, 0)]
    [InlineData(PrivacyProtocol.Des, 1)]
    [InlineData(PrivacyProtocol.Aes128, 2)]
    [InlineData(PrivacyProtocol.Aes192, 3)]
    [InlineData(PrivacyProtocol.Aes256, 4)]
    [InlineData(PrivacyProtocol.Aes192Reeder, 5)]
    [InlineData(PrivacyProtocol.Aes256Reeder, 6)]
    public void The_numbers_of_privacy_protocols_are_stored(PrivacyProtocol protocol, int number) => Assert.Equal(number, (int)protocol);

    private ImmutableArray<byte> Protect(string json) => [.. Protector.Protect(Encoding.UTF8.GetBytes(json))];

    private string Unprotect(ImmutableArray<byte> sealedValue) => Encoding.UTF8.GetString(Protector.Unprotect([.. sealedValue]));

    private IDataProtector Protector => _keys.CreateProtector("Towpath.Inventory.Secrets.v1");
}
