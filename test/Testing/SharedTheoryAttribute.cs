namespace Towpath.Testing;

/// <inheritdoc cref="SharedFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (!Directory.Exists(Shared.Folder) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"needs the recorded material in {Shared.Folder}";
    }
}
