using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath credentials list</c>: what devices are asked with, without the secrets.</summary>
internal static class CredentialsCommand
{
    private sealed record Stored(string Kind, GlobalCredentialItem Credential);

    private static readonly Listing<Stored> s_credentials = new(
        new("kind", one => one.Kind), new("description", one => one.Credential.Description), new("user", one => one.Credential.Username),
        new("mode", one => one.Credential.SnmpMode, 1), new("ranges", one => string.Join(", ", one.Credential.Ranges ?? [])),
        new("id", one => one.Credential.Id, 2));

    public static Command Create()
    {
        var list = new Command("list", "Lists the stored credentials. Secrets are never shown.").WithAnswerOptions();
        list.SetAction((arguments, cancellationToken) => ListAsync(Screen.For(arguments), cancellationToken));
        return new Command("credentials", "What devices are asked with.") { list };
    }

    private static async Task<int> ListAsync(Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        var all = new List<Stored>();
        foreach (string kind in (string[])[CredentialSubType.SnmpV3, CredentialSubType.SnmpV2ReadCommunity,
            CredentialSubType.SnmpV2WriteCommunity, CredentialSubType.Cli])
        {
            foreach (GlobalCredentialItem credential in await client.Credentials.GetCredentialsAsync(kind, cancellationToken))
                all.Add(new Stored(kind, credential));
        }
        s_credentials.Show(screen, all);
        return ExitCode.Done;
    }
}
