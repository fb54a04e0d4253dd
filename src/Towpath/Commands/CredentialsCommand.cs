using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath credentials list|add|test|delete</c>: what devices are asked with, without the secrets.</summary>
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
        return new Command("credentials", "What devices are asked with.") { list, AddCommand(), TestCommand(), DeleteCommand() };
    }

    /// <summary>The one credential of a description or an id.</summary>
    /// <exception cref="UsageException">There is none, or there are several: the message lists them.</exception>
    public static async Task<GlobalCredentialItem> FindAsync(TowpathClient client, string wanted, CancellationToken cancellationToken)
    {
        GlobalCredentialItem[] called = [.. (await AllAsync(client, cancellationToken)).Select(one => one.Credential)
            .Where(one => one.Id == wanted || one.Description == wanted)];
        if (called is [var only]) return only;
        throw new UsageException(called.Length == 0
            ? $"There is no credential '{wanted}'. 'towpath credentials list' names them."
            : $"{called.Length} credentials are called '{wanted}': {string.Join(", ", called.Select(one => one.Id))}. Name one.");
    }

    private static Command AddCommand()
    {
        var description = new Argument<string>("DESCRIPTION") { Description = "What it is called in lists." };
        var ranges = new Option<string[]>("--range")
        {
            Description = "Where it may be sent, and nowhere else: a prefix, a range or an address. Repeatable.", HelpName = "ADDRESS",
        };
        var snmp = new SnmpArguments();
        var command = new Command("add", "Stores a credential. Secrets come from the environment, as for 'discover'.")
        {
            description, ranges,
        };
        snmp.AddLoginTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            NetworkDeviceInput login = snmp.Login(arguments, "");
            string called = arguments.GetRequiredValue(description);
            string[] sentTo = arguments.GetValue(ranges) ?? [];
            GlobalCredential credential = login.SnmpUserName is null
                ? new SnmpV2ReadCommunity { Description = called, Ranges = sentTo, ReadCommunity = login.SnmpROCommunity }
                : new SnmpV3Credential
                {
                    Description = called,
                    Ranges = sentTo,
                    Username = login.SnmpUserName,
                    SnmpMode = login.SnmpMode,
                    AuthType = login.SnmpAuthProtocol,
                    AuthPassword = login.SnmpAuthPassphrase,
                    PrivacyType = login.SnmpPrivProtocol,
                    PrivacyPassword = login.SnmpPrivPassphrase,
                };
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(
                screen, client, await client.Credentials.AddCredentialAsync(credential, cancellationToken), null, cancellationToken);
            if (screen.Json) Screen.WriteJson(ended);
            else screen.Line($"Credential {ended.Progress} '{called}' is stored.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command TestCommand()
    {
        var wanted = new Argument<string>("CREDENTIAL") { Description = "Its description or id." };
        var address = new Argument<string>("ADDRESS") { Description = "A device that should take it." };
        Option<int?> port = SnmpArguments.Port();
        var command = new Command("test", "Asks a device with a stored credential. One that answers is in the inventory from then on.")
        {
            wanted, address, port,
        };
        command.SetAction((arguments, cancellationToken) => TestAsync(Screen.For(arguments), arguments.GetRequiredValue(wanted),
            arguments.GetRequiredValue(address), arguments.GetValue(port), cancellationToken));
        return command;
    }

    /// <summary>A discovery of the one address, which is deleted afterwards.</summary>
    private static async Task<int> TestAsync(Screen screen, string wanted, string address, int? port, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        GlobalCredentialItem credential = await FindAsync(client, wanted, cancellationToken);
        var input = new DiscoveryInput
        {
            Name = $"test of {credential.Id} at {address}", DiscoveryType = "Single", IpAddressList = address,
            GlobalCredentialIdList = [credential.Id!], SnmpPort = port,
        };
        TaskItem created = await client.Tasks.WaitForTaskCompleteAsync(
            await client.Discovery.CreateDiscoveryAsync(input, cancellationToken), cancellationToken: cancellationToken);
        DiscoveryItem ended = await client.Discovery.WaitForDiscoveryCompleteAsync(created.Progress!, cancellationToken: cancellationToken);
        DiscoveryJob? job = await client.Discovery.GetJobsAsync(ended.Id!, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        DiscoveredDevice? found = await client.Discovery.GetDiscoveredDevicesAsync(ended.Id!, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        await client.Tasks.WaitForTaskCompleteAsync(
            await client.Discovery.DeleteDiscoveryAsync(ended.Id!, cancellationToken), cancellationToken: cancellationToken);
        if (found is null)
        {
            string why = job?.AttributeInfo?.GetValueOrDefault("reason") ?? "It was not asked: see that the credential's ranges have it.";
            screen.Line($"{address} does not take '{credential.Description}': {why}");
            return ExitCode.Failed;
        }
        screen.Line($"{found.Hostname} ({address}) takes '{credential.Description}'.");
        return ExitCode.Done;
    }

    private static Command DeleteCommand()
    {
        var wanted = new Argument<string>("CREDENTIAL") { Description = "Its description or id." };
        var command = new Command("delete", "Deletes a stored credential.") { wanted };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            GlobalCredentialItem credential = await FindAsync(client, arguments.GetRequiredValue(wanted), cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(
                screen, client, await client.Credentials.DeleteCredentialAsync(credential.Id!, cancellationToken), null, cancellationToken);
            if (screen.Json) Screen.WriteJson(ended);
            else screen.Line($"Credential {credential.Id} '{credential.Description}' is deleted.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> ListAsync(Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        s_credentials.Show(screen, await AllAsync(client, cancellationToken));
        return ExitCode.Done;
    }

    private static async Task<List<Stored>> AllAsync(TowpathClient client, CancellationToken cancellationToken)
    {
        var all = new List<Stored>();
        foreach (string kind in CredentialSubType.All)
        {
            foreach (GlobalCredentialItem credential in await client.Credentials.GetCredentialsAsync(kind, cancellationToken))
                all.Add(new Stored(kind, credential));
        }
        return all;
    }
}
