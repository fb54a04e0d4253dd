namespace Towpath.Testing;

/// <summary>
/// A test on recorded material that is not part of this repository: a folder <c>shared</c> beside it. Listed as skipped where the
/// folder is absent; with <c>CI=true</c> it fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!Directory.Exists(Shared.Folder) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"needs the recorded material in {Shared.Folder}";
    }
}

/// <summary>Where the recorded material lies: <c>../shared</c> of the repository.</summary>
public static class Shared
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <exception cref="FileNotFoundException">The material lacks it.</exception>
    public static string File(params string[] parts)
    {
        string path = Path.Combine([Folder, .. parts]);
        return Path.Exists(path) ? path : throw new FileNotFoundException($"The recorded material lacks {path}.");
    }
}

/// <summary>This checkout.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Towpath.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No Towpath.slnx above {AppContext.BaseDirectory}.");
    }
}
