using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;

namespace Towpath.Server.Tests;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_key_that_is_wrapped_shows_nothing_and_is_read_back_with_the_same_master_key_alone()
    {
        MasterKey master = MasterKey.Read(FileOf(RandomNumberGenerator.GetBytes(32)));
        var key = new XElement("key", new XElement("value", "secret of a key"));

        XElement stored = new KeySealer(master).Encrypt(key).EncryptedElement;

        Assert.DoesNotContain("secret", stored.ToString(), StringComparison.Ordinal);
        Assert.True(XNode.DeepEquals(key, OpenerWith(master).Decrypt(stored)));
        MasterKey another = MasterKey.Read(FileOf(RandomNumberGenerator.GetBytes(32)));
        Assert.ThrowsAny<CryptographicException>(() => OpenerWith(another).Decrypt(stored));
    }

    [Fact]
    public void The_same_is_sealed_differently_each_time_and_what_was_changed_is_refused()
    {
        MasterKey master = MasterKey.Read(FileOf(new byte[32]));
        byte[] whole = master.Seal("octets"u8);
        Assert.NotEqual(whole, master.Seal("octets"u8));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => master.Open(changed));
        }
        Assert.ThrowsAny<CryptographicException>(() => master.Open(whole.AsSpan(0, 20)));
    }

    [Fact]
    public void A_file_that_is_no_master_key_says_how_to_make_one_and_not_what_it_holds()
    {
        foreach (string path in new[] { FileOf(new byte[31]), FileOf("hunter2!"), Path.Combine(_folder.FullName, "absent") })
        {
            var refused = Assert.Throws<ServerStartException>(() => MasterKey.Read(path));
            Assert.Contains("openssl rand -base64 32", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
        }
        if (OperatingSystem.IsWindows()) return;
        string open = FileOf(new byte[32]);
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<ServerStartException>(() => MasterKey.Read(open)).Message, StringComparison.Ordinal);
    }

    private static KeyOpener OpenerWith(MasterKey master) => new(new ServiceCollection().AddSingleton(master).BuildServiceProvider());

    private string FileOf(byte[] key) => FileOf(Convert.ToBase64String(key));

    private string FileOf(string text)
    {
        string path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
