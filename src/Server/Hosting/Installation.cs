using System.Globalization;
using System.Security.Cryptography;
using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// What tells this installation from others: a random number that its database keeps. The origin calls it the tenant of a resource and
/// has one for each installation, too.
/// </summary>
internal sealed class Installation(IAccountStore store, IWriter writer)
{
    private const string Setting = "installation";

    /// <summary>16 hexadecimal digits.</summary>
    /// <exception cref="InvalidOperationException"><see cref="EnsureAsync"/> was not called yet.</exception>
    public string TenantId { get => field ?? throw new InvalidOperationException("The installation is not known yet."); private set; }

    /// <summary>At the start of the process, before requests are served.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await store.SettingAsync(Setting, cancellationToken) is not { } id)
        {
            id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
            await writer.CommitAsync([new SaveSetting(Setting, id)], cancellationToken);
        }
        TenantId = id.ToString("x16", CultureInfo.InvariantCulture);
    }
}
