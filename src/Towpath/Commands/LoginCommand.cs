using System.CommandLine;
using System.Net;
using Spectre.Console;
using Towpath.Client;
using Towpath.Contracts;
using Profile = Towpath.Client.Profile;

namespace Towpath.Commands;

/// <summary><c>towpath login URL</c>: tries a login and saves it for the other commands and for scripts.</summary>
internal static class LoginCommand
{
    private sealed record Answer(Uri Url, string User, string? Fingerprint, string Profile);

    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "The controller's address, for instance https://controller.example:8443." };
        var user = new Option<string>("--user") { Description = "Who logs in.", HelpName = "NAME",
            DefaultValueFactory = _ => Administrator.Name };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "SHA-256 of the certificate, to accept a self-signed one.",
            HelpName = "HEX" };
        var apicEm = new Option<bool>("--apic-em") { Description = "Speak the APIC-EM family: /api/v1 and service tickets." };
        var command = new Command("login",
            "Logs in, and saves a token. The password comes from TOWPATH_PASSWORD, else it is asked for.") { url, user, fingerprint,
            apicEm };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            arguments.GetRequiredValue(url),
            arguments.GetRequiredValue(user),
            arguments.GetValue(fingerprint),
            arguments.GetValue(apicEm) ? ApiFamily.ApicEm : ApiFamily.Catalyst,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string address, string user, string? fingerprint, ApiFamily family,
        CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            throw new UsageException($"'{address}' is no http or https address. Write it like https://controller.example:8443.");

        var profile = new Profile { Url = new Uri(url, "/"), Username = user, Password = AskPassword(screen, user),
            Fingerprint = fingerprint, Family = family };
        string name = url.Authority;
        try
        {
            using TowpathClient client = await TowpathClient.LoginAsync(profile.ToSettings(), cancellationToken);
            profile = await WithTokenAsync(screen, client, profile, ProfileFile.Default.Find(name), cancellationToken);
        }
        catch (ArgumentException malformed)
        {
            throw new UsageException(malformed.Message, malformed);
        }
        ProfileFile.Default.Save(name, profile);

        if (screen.Json) Screen.WriteJson(new Answer(profile.Url, user, fingerprint, ProfileFile.Default.FullPath));
        else screen.Line($"Logged in to {profile.Url} as {user}. Saved in {ProfileFile.Default.FullPath}.");
        return ExitCode.Done;
    }

    /// <summary>
    /// A token in place of the password: it can be ended alone. That of an earlier login here ends. Controllers that know no such tokens
    /// are asked with the password.
    /// </summary>
    private static async Task<Profile> WithTokenAsync(
        Screen screen, TowpathClient client, Profile profile, Profile? earlier, CancellationToken cancellationToken)
    {
        try
        {
            TokenItem token = await client.Tokens.CreateTokenAsync($"towpath on {Environment.MachineName}", null, cancellationToken);
            if (earlier is { TokenId: { } id } && earlier.Username == profile.Username && earlier.Url == profile.Url)
                await EndAsync(client, id, cancellationToken);
            return profile with { Password = null, Token = token.Token, TokenId = token.Id };
        }
        catch (ApiException unknown) when (unknown is not NotAllowedException && unknown.Status == HttpStatusCode.NotFound)
        {
            screen.Say("This controller hands out no tokens to keep: the password is saved.");
            return profile;
        }
    }

    /// <summary>One that has ended already is as good.</summary>
    private static async Task EndAsync(TowpathClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.Tokens.RevokeTokenAsync(id, cancellationToken);
        }
        catch (ApiException unknown) when (unknown.Status == HttpStatusCode.NotFound)
        {
        }
    }

    private static string AskPassword(Screen screen, string user)
    {
        if (Environment.GetEnvironmentVariable("TOWPATH_PASSWORD") is { Length: > 0 } given) return given;
        if (Console.IsInputRedirected)
            return Console.In.ReadLine()
                ?? throw new UsageException("There is no password: set TOWPATH_PASSWORD, or write it to standard input.");
        return screen.Error.Prompt(new TextPrompt<string>($"Password of {Markup.Escape(user)}:").Secret(null));
    }
}
