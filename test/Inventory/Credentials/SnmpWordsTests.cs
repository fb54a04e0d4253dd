using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class SnmpWordsTests
{
    [Theory]
    [InlineData("SHA", "AES128", AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128)]
    [InlineData("md5", "des", AuthenticationProtocol.Md5, PrivacyProtocol.Des)]
    [InlineData("SHA224", "AES192", AuthenticationProtocol.Sha224, PrivacyProtocol.Aes192)]
    [InlineData("SHA256", "AES256", AuthenticationProtocol.Sha256, PrivacyProtocol.Aes256)]
    [InlineData("SHA384", "CISCOAES192", AuthenticationProtocol.Sha384, PrivacyProtocol.Aes192Reeder)]
    [InlineData("SHA512", "CiscoAES256", AuthenticationProtocol.Sha512, PrivacyProtocol.Aes256Reeder)]
    public void Every_word_is_read_and_written_back(string auth, string priv, AuthenticationProtocol authProtocol,
        PrivacyProtocol privProtocol)
    {
        DeviceCredential.SnmpV3? credential = SnmpWords.ReadV3("towpath", "authpriv", auth, "auth-password", priv, "priv-password",
            out ImmutableArray<string> problems);

        Assert.Empty(problems);
        Assert.Equal(new DeviceCredential.SnmpV3("towpath", authProtocol, "auth-password", privProtocol, "priv-password"), credential);
        Assert.Equal(auth, SnmpWords.Of(authProtocol), ignoreCase: true);
        Assert.Equal(priv, SnmpWords.Of(privProtocol), ignoreCase: true);
        Assert.Equal("AUTHPRIV", SnmpWords.ModeOf(credential!));
    }

    [Theory]
    [InlineData("AUTHNOPRIV", "SHA", null, "AUTHNOPRIV")]
    [InlineData("NOAUTHNOPRIV", "SHA", "DES", "NOAUTHNOPRIV")]
    [InlineData("", "SHA", "AES128", "AUTHPRIV")]
    [InlineData(null, "SHA", "AES128", "AUTHPRIV")]
    public void The_mode_says_what_is_used_and_follows_from_what_is_given_when_it_is_absent(string? mode, string? auth, string? priv,
        string expected)
    {
        DeviceCredential.SnmpV3? credential = SnmpWords.ReadV3("towpath", mode, auth, "auth-password", priv, "priv-password",
            out ImmutableArray<string> problems);

        Assert.Empty(problems);
        Assert.Equal(expected, SnmpWords.ModeOf(credential!));
    }

    [Fact]
    public void What_no_message_can_hold_is_refused_and_not_quoted()
    {
        string longest = new('é', SnmpWords.LongestUser / 2);
        Assert.NotNull(SnmpWords.ReadV3(longest, "NOAUTHNOPRIV", null, null, null, null, out _));
        Assert.Null(SnmpWords.ReadV3(longest + "x", "NOAUTHNOPRIV", null, null, null, null, out ImmutableArray<string> problems));
        Assert.Equal(["An SNMPv3 user name has at most 32 octets."], problems.ToArray());

        string community = new('é', SnmpWords.LongestCommunity / 2);
        Assert.Null(SnmpWords.ProblemOf(community));
        Assert.Equal("An SNMP community has at most 250 octets.", SnmpWords.ProblemOf(community + "x"));
        Assert.Null(SnmpWords.ProblemOf(null));
    }

    [Fact]
    public void Without_a_mode_nothing_that_was_given_is_left_out()
    {
        DeviceCredential.SnmpV3? credential = SnmpWords.ReadV3("towpath", null, "SHA", "auth-password", null, null,
            out ImmutableArray<string> problems);
        Assert.Empty(problems);
        Assert.Equal("AUTHNOPRIV", SnmpWords.ModeOf(credential!));

        Assert.Null(SnmpWords.ReadV3("towpath", null, "SHA", "auth-password", null, "priv-password", out problems));
        Assert.Contains("privacy protocol", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Null(SnmpWords.ReadV3("towpath", null, null, "auth-password", null, "priv-password", out problems));
        Assert.Equal(2, problems.Length);
    }

    [Fact]
    public void To_ask_without_authentication_must_be_said()
    {
        Assert.Null(SnmpWords.ReadV3("towpath", null, null, null, null, null, out ImmutableArray<string> problems));
        Assert.Contains("NOAUTHNOPRIV", Assert.Single(problems), StringComparison.Ordinal);

        Assert.Equal("NOAUTHNOPRIV", SnmpWords.ModeOf(SnmpWords.ReadV3("towpath", "NoAuthNoPriv", null, null, null, null, out problems)!));
    }

    [Fact]
    public void All_problems_are_told_at_once_with_the_words_that_would_do()
    {
        DeviceCredential.SnmpV3? credential = SnmpWords.ReadV3(" ", "AUTHPRIV", "SHA3", "short", "ROT13", "tiny-pw",
            out ImmutableArray<string> problems);

        Assert.Null(credential);
        Assert.Equal(
            [
                "An SNMPv3 credential needs a user name.",
                "'SHA3' is no SNMPv3 authentication protocol; use one of MD5, SHA, SHA224, SHA256, SHA384, SHA512.",
                "The SNMPv3 authentication password needs at least 8 characters.",
                "'ROT13' is no SNMPv3 privacy protocol; use one of AES128, AES192, AES256, CISCOAES192, CISCOAES256, DES.",
                "The SNMPv3 privacy password needs at least 8 characters.",
            ],
            problems.ToArray());
    }

    [Fact]
    public void An_unknown_mode_is_named()
    {
        Assert.Null(SnmpWords.ReadV3("towpath", "PRIVATE", null, null, null, null, out ImmutableArray<string> problems));
        Assert.Equal("'PRIVATE' is no SNMPv3 mode; use AUTHPRIV, AUTHNOPRIV or NOAUTHNOPRIV.", Assert.Single(problems));
    }
}
