using System.Text;

namespace Towpath.Snmp.Tests;

/// <summary>Known answers of the standards.</summary>
public sealed class KnownAnswerTests
{
    private static readonly byte[] s_engineId = Convert.FromHexString("000000000000000000000002");

    [Theory] // RFC 3414 appendix A.3: password "maplesyrup"
    [InlineData(AuthProtocol.Md5, "9faf3283884e92834ebc9847d8edd963", "526f5eed9fcce26f8964c2930787d82b")]
    [InlineData(AuthProtocol.Sha1, "9fb5cc0381497b3793528939ff788d5d79145211", "6695febc9288e36282235fc7151f128497b38f3f")]
    public void Keys_from_passwords_are_those_of_RFC_3414(AuthProtocol protocol, string key, string localized)
    {
        Assert.Equal(key, Convert.ToHexStringLower(PasswordKeys.Of(protocol, "maplesyrup")));
        Assert.Equal(localized,
            Convert.ToHexStringLower(PasswordKeys.Localize(protocol, PasswordKeys.Of(protocol, "maplesyrup"), s_engineId)));
    }

    [Fact] // draft-reeder-snmpv3-usm-3desede section B: the same password and engine, SHA-1
    public void The_Cisco_extension_is_the_one_of_its_draft() => Assert.Equal(
        "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c",
        Convert.ToHexStringLower(UsmKeys.PrivKey(AuthProtocol.Sha1, PrivProtocol.Aes256Reeder, "maplesyrup", s_engineId)));

    [Theory] // FIPS 180-4 examples
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void SHA_224_is_the_one_of_FIPS_180(string text, string expected)
    {
        Span<byte> digest = stackalloc byte[Sha224.DigestOctets];
        Sha224.HashData(Encoding.ASCII.GetBytes(text), digest);
        Assert.Equal(expected, Convert.ToHexStringLower(digest));
    }

    [Theory] // RFC 4231 test cases 1 and 2
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There", "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22")]
    [InlineData("4a656665", "what do ya want for nothing?", "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44")]
    public void HMAC_SHA_224_is_the_one_of_RFC_4231(string key, string data, string expected)
    {
        Span<byte> mac = stackalloc byte[AuthAlgorithm.MaxHashOctets];
        AuthAlgorithm.Hmac(AuthProtocol.Sha224, Convert.FromHexString(key), Encoding.ASCII.GetBytes(data), mac);
        Assert.Equal(expected, Convert.ToHexStringLower(mac[..Sha224.DigestOctets]));
    }
}
