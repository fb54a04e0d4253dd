using Towpath.Client;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary>
/// The demo's own login, used by the other commands where nobody is logged in elsewhere. The demo runs the server, so it needs no password.
/// </summary>
internal static class DemoLogin
{
    /// <summary>One for each data folder: each has an administrator of its own.</summary>
    public static string ProfileName(string dataFolder) => $"demo {Path.GetFullPath(dataFolder)}";

    /// <summary>Logs in and saves it. The profile that is current stays so.</summary>
    public static async Task<TowpathClient> LoginAsync(RunningServer server, Serving serving, CancellationToken cancellationToken)
    {
        var profile = new Profile
        {
            Url = serving.Http ?? serving.Https!,
            Username = Administrator.Name,
            Token = await server.IssueTokenAsync("towpath demo", cancellationToken),
            Fingerprint = serving.Http is null ? serving.Fingerprint : null,
        };
        ProfileFile.Default.Save(ProfileName(serving.Data), profile, makeCurrent: false);
        return await TowpathClient.LoginAsync(profile.ToSettings(), cancellationToken);
    }

    /// <summary>What makes it the current profile; null when it is that.</summary>
    public static string? HowToUse(Serving serving) => ProfileFile.Default.CurrentName() == ProfileName(serving.Data) ? null
        : $"towpath profile use '{ProfileName(serving.Data)}'";
}
