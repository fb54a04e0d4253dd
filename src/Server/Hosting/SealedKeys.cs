using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Towpath.Server;

/// <summary>Wraps a key by the master key before it is stored.</summary>
internal sealed class KeySealer(MasterKey master) : IXmlEncryptor
{
    /// <summary>The element with what was sealed, as base64; for good.</summary>
    public const string Element = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        byte[] octets = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String(master.Seal(octets))), typeof(KeyOpener));
    }
}

/// <summary>The other way. Data protection makes one by the name that it has stored, so the name of this class is for good.</summary>
internal sealed class KeyOpener(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">Another master key has sealed it.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        byte[] sealedOctets = Convert.FromBase64String(encryptedElement.Value);
        return XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<MasterKey>().Open(sealedOctets)));
    }
}
