using Towpath.Client;

namespace Towpath.Commands;

/// <summary>The demo's own login: saved at the first start, used by later ones and by the other commands.</summary>
internal static class DemoLogin
{
    /// <summary>One for each data folder: each has an administrator of its own.</summary>
    public static string ProfileName(string dataFolder) => $"demo {Path.GetFullPath(dataFolder)}";

    /// <summary>Logs in to the demo's server and makes its profile the current one.</summary>
    /// <exception cref="UsageException">No password that is known here is the right one.</exception>
    public static async Task<TowpathClient> LoginAsync(Serving server, CancellationToken cancellationToken)
    {
        string name = ProfileName(server.Data);
        string?[] candidates = [server.Password, ProfileFile.Default.Find(name)?.Password, Administrator.PasswordFromEnvironment()];
        foreach (string password in candidates.OfType<string>().Distinct())
        {
            var profile = new Profile
            {
                Url = server.Http ?? server.Https!,
                Username = Administrator.Name,
                Password = password,
                Fingerprint = server.Http is null ? server.Fingerprint : null,
            };
            try
            {
                TowpathClient client = await TowpathClient.LoginAsync(profile.ToSettings(), cancellationToken);
                ProfileFile.Default.Save(name, profile);
                return client;
            }
            catch (NotAllowedException)
            {
                // the next one
            }
        }
        throw new UsageException($"Nobody here knows the administrator's password of {server.Data}. Run 'towpath reset-password --data "
            + $"{server.Data}', or delete the folder.");
    }
}
