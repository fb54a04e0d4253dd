namespace Towpath.Network.Tests;

public sealed class ChangeSignsTests
{
    private static readonly ChangeSigns s_before = new(1_000, 10, 20, 30, 40, 50);

    public static TheoryData<ChangeSigns, CollectionTier[]> Changes => new()
    {
        { s_before, [] },
        { s_before with { SysUpTime = 2_000 }, [] },
        { s_before with { Interfaces = 11 }, [CollectionTier.Rest] },
        { s_before with { Modules = 21 }, [CollectionTier.Rest] },
        { s_before with { Neighbors = 31 }, [CollectionTier.Learned] },
        { s_before with { Topology = 41 }, [CollectionTier.Learned] },
        { s_before with { Routes = 49 }, [CollectionTier.Routes] },
        { s_before with { Routes = 51, Topology = 41 }, [CollectionTier.Routes, CollectionTier.Learned] },
        { s_before with { SysUpTime = 999 }, [CollectionTier.Rest, CollectionTier.Routes, CollectionTier.Learned] }, // restarted
        { new ChangeSigns(null, null, null, null, null, null), [] }, // not told any more: no sign of anything
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_sign_that_changed_names_what_has_to_be_read_again(ChangeSigns after, CollectionTier[] tiers) =>
        Assert.Equal(tiers, after.ChangedSince(s_before).Order());

    [Fact]
    public void What_was_not_told_before_is_no_change() =>
        Assert.Empty(s_before.ChangedSince(new ChangeSigns(null, null, null, null, null, null)));
}
