namespace Towpath.Server;

/// <summary>Ids in paths.</summary>
internal static class Ids
{
    /// <summary>Upper and lower case are the same id.</summary>
    /// <param name="what">For instance "task".</param>
    /// <exception cref="ApiException">404: no UUID names nothing.</exception>
    public static Guid Parse(string id, string what) =>
        Guid.TryParseExact(id, "D", out Guid value) ? value : throw ApiException.NotFound(what, id);
}
