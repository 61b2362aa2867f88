namespace Quintet.Tests.BuildTasks;

/// <summary>What is internal is told to those who can call it.</summary>
public sealed class FriendsTests
{
    private const string Internal = "static class C { internal static void M() => Thread.Sleep(1); }";

    [Theory]
    [InlineData("Shop", "Shop", 1)]
    [InlineData("Shop, PublicKey=00000000000000000400000000000000", "Shop", 1)]
    [InlineData("Shop", "Bank", 0)]
    [InlineData("Shop", null, 0)]
    public void What_is_internal_is_told_to_friends_only(string friend, string? reader, int expected)
    {
        using var lab = new EffectLab();
        var path = lab.Compile("Store", $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")] {Internal}");
        Assert.Equal(expected, lab.Effects().LinesOf([path], reader).Count);
        Assert.Equal(expected, lab.Effects().LinesOf([path], reader).Count);
    }

    [Fact]
    public void What_is_public_is_told_to_everybody_and_once()
    {
        using var lab = new EffectLab();
        var path = lab.Compile("Store", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Shop\")] "
            + $"{Internal} public static class D {{ public static void M() => C.M(); }}");
        Assert.Equal(["M:D.M"], lab.Effects().LinesOf([path]).Select(static line => line.Split("  ")[1]));
        Assert.Equal(["M:D.M", "M:C.M"], lab.Effects().LinesOf([path], "Shop").Select(static line => line.Split("  ")[1]));
    }

    [Fact]
    public void A_friend_passes_on_what_it_calls_to_those_who_see_neither()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Shop\")] {Internal}");
        var shop = lab.Compile("Shop", "public static class D { public static void M() => C.M(); }", optimised: true, store);
        Assert.Equal("blocks  M:D.M  kind=sleep  twin=none  via=C.M>Thread.Sleep",
            Assert.Single(lab.LinesOf(store, shop)));
    }
}
