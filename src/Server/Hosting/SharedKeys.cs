using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// The keys that encrypt credentials at rest, in the database that several servers share. A key is stored before anything is encrypted with
/// it. Data protection asks on a thread, at the start and when a key is made or renewed, so a thread is held for that long.
/// </summary>
internal sealed class SharedKeys(IAccountStore store, IWriter writer) : IXmlRepository
{
    /// <summary>
    /// Before a server starts: data protection would only make new keys, and every credential that is stored would be unreadable.
    /// </summary>
    /// <exception cref="ServerStartException">Another master key has sealed them.</exception>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public static async Task RequireMasterAsync(MasterKey master, IAccountStore store, CancellationToken cancellationToken)
    {
        ImmutableArray<string> keys = await store.KeysAsync(cancellationToken);
        if (keys.SelectMany(xml => XElement.Parse(xml).Descendants(KeySealer.Element)).All(element => master.Opens(element.Value))) return;
        throw new ServerStartException(
            "The file of --master-key holds another key than the one around the keys in the database. Name the one with which the database "
                + "was first used.");
    }

    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.KeysAsync(CancellationToken.None).GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    /// <exception cref="StorageUnavailableException">The database cannot be written.</exception>
    public void StoreElement(XElement element, string friendlyName) =>
        writer.CommitAsync([new SaveKey(friendlyName, element.ToString(SaveOptions.DisableFormatting))], CancellationToken.None)
            .GetAwaiter().GetResult();
}
