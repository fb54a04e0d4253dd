using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// The keys that encrypt credentials at rest, one file each. A key is on the disk before anything is encrypted with it: a credential that
/// was accepted must not outlive its key.
/// </summary>
internal sealed class FlushedKeys(DataFolder folder, ILoggerFactory logging) : FileSystemXmlRepository(new DirectoryInfo(folder.Keys),
    logging)
{
    /// <exception cref="StorageUnavailableException">The disk is full or fails.</exception>
    public override void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            PrivateFile.Write(System.IO.Path.Combine(folder.Keys, $"{friendlyName}.xml"), Encoding.UTF8.GetBytes(element.ToString()));
        }
        catch (IOException problem)
        {
            throw new StorageUnavailableException($"A new key cannot be written into {folder.Keys}: {problem.Message}", problem);
        }
    }
}
