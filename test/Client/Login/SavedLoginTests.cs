namespace Towpath.Client.Tests;

public sealed class SavedLoginTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly ProfileFile _profiles;
    private readonly Profile _campus = new() { Url = new Uri("http://127.0.0.1:8080"), Username = "admin", Password = "secret-1" };

    public SavedLoginTests() => _profiles = new ProfileFile(Path.Combine(_folder.FullName, "towpath", "profile.json"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_profile_reads_back_and_the_last_saved_is_current()
    {
        Profile lab = _campus with { Url = new Uri("https://192.0.2.1"), Fingerprint = new string('A', 64), Family = ApiFamily.ApicEm };
        _profiles.Save("campus", _campus);
        _profiles.Save("lab", lab);

        Assert.Equal(lab, _profiles.Current());
        Assert.Equal(_campus, _profiles.Find("campus"));
        Assert.Null(_profiles.Find("other"));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        _profiles.Save("campus", _campus);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_profiles.FullPath));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_profiles.FullPath)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_broken_file_says_what_to_do(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_profiles.FullPath)!);
        File.WriteAllText(_profiles.FullPath, content);

        InvalidDataException broken = Assert.Throws<InvalidDataException>(() => _profiles.Current());

        Assert.Contains("log in again", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_wins_over_the_profile()
    {
        _profiles.Save("campus", _campus);

        ClientSettings settings =
            SavedLogin.Find(Environment(("TOWPATH_URL", "https://192.0.2.9:8443"), ("TOWPATH_USER", "ada"), ("TOWPATH_PASSWORD", "pw"),
            ("TOWPATH_FINGERPRINT", "AB")), _profiles);

        Assert.Equal((new Uri("https://192.0.2.9:8443"), "ada", "pw", "AB"),
            (settings.Url, settings.Username, settings.Password, settings.Fingerprint));
    }

    [Fact]
    public void A_fingerprint_without_https_is_refused_wherever_it_comes_from()
    {
        _profiles.Save("campus", _campus with { Fingerprint = new string('A', 64) });

        NotLoggedInException saved = Assert.Throws<NotLoggedInException>(() => SavedLogin.Find(Environment(), _profiles));
        NotLoggedInException given = Assert.Throws<NotLoggedInException>(() => SavedLogin.Find(
            Environment(("TOWPATH_URL", "http://192.0.2.9"), ("TOWPATH_USER", "ada"), ("TOWPATH_PASSWORD", "pw"),
                ("TOWPATH_FINGERPRINT", "AB")), _profiles));

        Assert.Contains("towpath login", saved.Message, StringComparison.Ordinal);
        Assert.Contains("TOWPATH_FINGERPRINT", given.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_in_the_environment_the_profile_counts()
    {
        _profiles.Save("campus", _campus);

        Assert.Equal(_campus.Url, SavedLogin.Find(Environment(("TOWPATH_USER", "ada")), _profiles).Url);
    }

    [Theory]
    [InlineData("TOWPATH_URL=https://192.0.2.9")]
    [InlineData("TOWPATH_URL=https://192.0.2.9;TOWPATH_USER=ada")]
    [InlineData("TOWPATH_URL=controller;TOWPATH_USER=ada;TOWPATH_PASSWORD=pw")]
    [InlineData("TOWPATH_URL=ftp://192.0.2.9;TOWPATH_USER=ada;TOWPATH_PASSWORD=pw")]
    [InlineData("")]
    public void What_is_missing_is_said(string environment)
    {
        (string, string)[] variables = [.. environment.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))];

        NotLoggedInException missing = Assert.Throws<NotLoggedInException>(() => SavedLogin.Find(Environment(variables), _profiles));

        Assert.Contains("TOWPATH_", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_password_is_printed()
    {
        Assert.DoesNotContain("secret-1", _campus.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", _campus.ToSettings().ToString(), StringComparison.Ordinal);
    }

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
