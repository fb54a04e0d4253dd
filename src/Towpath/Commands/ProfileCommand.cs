using System.CommandLine;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary><c>towpath profile list|use NAME</c>: the saved logins. <c>towpath logout</c> forgets one.</summary>
internal static class ProfileCommand
{
    private sealed record Saved(string Name, bool IsCurrent, Uri Url, string User, bool HasToken);

    private static readonly Listing<Saved> s_profiles = new(
        new("current", one => one.IsCurrent ? "*" : null), new("name", one => one.Name), new("url", one => one.Url.ToString()),
        new("user", one => one.User), new("keeps", one => one.HasToken ? "a token" : "the password", 1));

    public static Command Create()
    {
        Command list = new Command("list", "Lists the saved logins.").WithAnswerOptions();
        list.SetAction(arguments => s_profiles.Show(Screen.For(arguments), [.. ProfileFile.Default.Names().Select(Read)]));
        Argument<string> name = Name();
        var use = new Command("use", "Makes a saved login the one that commands take.") { name };
        use.SetAction(arguments =>
        {
            string chosen = Find(arguments.GetRequiredValue(name));
            ProfileFile.Default.Use(chosen);
            Screen.For(arguments).Line($"Commands ask {Read(chosen).Url} now.");
        });
        return new Command("profile", "The saved logins.") { list, use };
    }

    public static Command CreateLogout()
    {
        Argument<string> name = Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command("logout", "Ends the token of a saved login, and forgets it.") { name };
        command.SetAction((arguments, cancellationToken) =>
            LogoutAsync(Screen.For(arguments), arguments.GetValue(name), cancellationToken));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "A saved login, or a part of its name; see 'profile list'." };

    private static async Task<int> LogoutAsync(Screen screen, string? given, CancellationToken cancellationToken)
    {
        string name = given is null
            ? ProfileFile.Default.CurrentName() ?? throw new UsageException("Nobody is logged in here: no login is saved.")
            : Find(given);
        Profile profile = ProfileFile.Default.Find(name)!;
        if (profile.Token is not null)
        {
            try
            {
                using TowpathClient client = await TowpathClient.LoginAsync(profile.ToSettings(), cancellationToken);
                string token = profile.TokenId ?? (await client.Tokens.GetCurrentTokenAsync(cancellationToken)).Id;
                await client.Tokens.RevokeTokenAsync(token, cancellationToken);
            }
            catch (NotAllowedException)
            {
                // The token has ended already.
            }
            catch (TowpathException problem)
            {
                // Who wants to be logged out here is, whatever the controller says.
                screen.Say($"{profile.Url} could not be told, so it takes the token until it ends: {Failure.Words(problem)}");
            }
        }
        ProfileFile.Default.Remove(name);
        screen.Line($"Logged out of {profile.Url}.");
        return ExitCode.Done;
    }

    /// <summary>By its name, else by a part that no other name has.</summary>
    private static string Find(string given)
    {
        IReadOnlyList<string> names = ProfileFile.Default.Names();
        if (names.Contains(given)) return given;
        string[] some = [.. names.Where(name => name.Contains(given, StringComparison.OrdinalIgnoreCase))];
        return some switch
        {
            [var only] => only,
            [] => throw new UsageException(
                $"There is no saved login '{given}'.{Suggestion.Of(given, names)} 'towpath profile list' names them."),
            _ => throw new UsageException($"'{given}' may be {string.Join(" or ", some.Select(name => $"'{name}'"))}. Name one."),
        };
    }

    private static Saved Read(string name)
    {
        Profile profile = ProfileFile.Default.Find(name)!;
        return new Saved(name, name == ProfileFile.Default.CurrentName(), profile.Url, profile.Username, profile.Token is not null);
    }
}
