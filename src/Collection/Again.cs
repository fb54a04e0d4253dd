using Towpath.Network;

namespace Towpath.Collection;

/// <summary>What is to be read again of a device that is known.</summary>
/// <param name="Stored">What it told before: tables that are not read keep their rows, readings and times.</param>
/// <param name="Tiers">What is due.</param>
/// <param name="Usual">
/// How long the device takes for an answer, usually; see <see cref="Restraint"/>. Null where nobody knows: then it is not compared.
/// </param>
public sealed record Again(DeviceSnapshot Stored, IReadOnlySet<CollectionTier> Tiers, TimeSpan? Usual);
