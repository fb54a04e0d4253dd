using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath credentials list</c>: what devices are asked with, without the secrets.</summary>
internal static class CredentialsCommand
{
    public static Command Create()
    {
        var list = new Command("list", "Lists the stored credentials. Secrets are never shown.");
        list.SetAction((arguments, cancellationToken) => ListAsync(Screen.For(arguments), cancellationToken));
        return new Command("credentials", "What devices are asked with.") { list };
    }

    private static async Task<int> ListAsync(Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        var all = new List<(string Kind, GlobalCredentialItem Credential)>();
        foreach (string kind in (string[])[CredentialSubType.SnmpV3, CredentialSubType.SnmpV2ReadCommunity,
            CredentialSubType.SnmpV2WriteCommunity, CredentialSubType.Cli])
        {
            foreach (GlobalCredentialItem credential in await client.Credentials.GetCredentialsAsync(kind, cancellationToken))
                all.Add((kind, credential));
        }
        if (screen.Json) Screen.WriteJson<IReadOnlyList<GlobalCredentialItem>>([.. all.Select(one => one.Credential)]);
        else
        {
            screen.Table(["KIND", "DESCRIPTION", "USER", "MODE", "RANGES", "ID"], all.Select(IReadOnlyList<string?> (one) =>
                [one.Kind, one.Credential.Description, one.Credential.Username, one.Credential.SnmpMode,
                    string.Join(", ", one.Credential.Ranges ?? []), one.Credential.Id]));
        }
        return ExitCode.Done;
    }
}
