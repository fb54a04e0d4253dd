namespace Towpath.Network;

/// <summary>
/// What a device wants to hear before it answers. Closed: SNMP v1, v2c, v3. <see cref="object.ToString"/> never shows a secret.
/// </summary>
public abstract record DeviceCredential
{
    private DeviceCredential() { }

    public sealed record SnmpV1(string Community) : DeviceCredential
    {
        public override string ToString() => "SNMPv1";
    }

    public sealed record SnmpV2c(string Community) : DeviceCredential
    {
        public override string ToString() => "SNMPv2c";
    }

    /// <summary>
    /// User-based Security Model (RFC 3414). The level follows from which protocols are set; privacy without authentication does not exist.
    /// Its names are part of the stored form.
    /// </summary>
    public sealed record SnmpV3(
        string User, AuthenticationProtocol Auth, string AuthPassword, PrivacyProtocol Priv, string PrivPassword) : DeviceCredential
    {
        public override string ToString() =>
            $"SNMPv3 user {User}, {(Auth == AuthenticationProtocol.None ? "no authentication" : Auth)}, "
                + $"{(Priv == PrivacyProtocol.None ? "no privacy" : Priv)}";
    }
}

/// <summary>RFC 3414 (MD5, SHA-1) and RFC 7860 (SHA-2). The numbers are part of the stored form.</summary>
public enum AuthenticationProtocol : byte
{
    None = 0,
    Md5 = 1,
    Sha1 = 2,
    Sha224 = 3,
    Sha256 = 4,
    Sha384 = 5,
    Sha512 = 6,
}

/// <summary>
/// RFC 3414 (DES), RFC 3826 (AES-128); AES-192/256 with Blumenthal's key extension (net-snmp) or Reeder's (Cisco). The numbers are part of
/// the stored form.
/// </summary>
public enum PrivacyProtocol : byte
{
    None = 0,
    Des = 1,
    Aes128 = 2,
    Aes192 = 3,
    Aes256 = 4,
    Aes192Reeder = 5,
    Aes256Reeder = 6,
}
