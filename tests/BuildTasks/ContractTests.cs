namespace Quintet.Tests.BuildTasks;

/// <summary>What a member without a body does, as the assembly that declares it answers: possible, since another may answer, too.</summary>
public sealed class ContractTests
{
    private const string Says = "blocks  M:I.Load  kind=file  twin=none  certainty=possible  via=File.ReadAllText";
    private const string Sure = "blocks  M:I.Load  kind=file  twin=none  via=File.ReadAllText";
    private const string Reads = "public void Load() => File.ReadAllText(\"a\");";

    [Theory]
    [InlineData("public interface I { void Load(); } class F : I { " + Reads + " } public class Made { public I Of() => new F(); }", Says)]
    [InlineData("public interface I { void Load(); } class F : I { public void Load() { } } "
        + "public class Made { public I Of() => new F(); }", null)]
    [InlineData("public interface I { void Load(); } public class F : I { " + Reads + " }", Says)]
    [InlineData("public interface I { void Load(); } public class F : I { " + Reads + " } public class G : I { " + Reads + " }", Says)]
    [InlineData("public interface I { void Load(); } public class F : I { " + Reads + " } public class G : I { public void Load() { } }",
        null)]
    [InlineData("interface I { void Load(); } public class F : I { " + Reads + " }", null)]
    [InlineData("public interface I { void Load(); } public class F : I { public void Load() => File.Exists(\"a\"); }", null)]
    [InlineData("public abstract class I { public abstract void Load(); } public class F : I { public override void Load() => "
        + "File.ReadAllText(\"a\"); }", Says)]
    [InlineData("public interface I { void Load(); Task LoadAsync(); } public class F : I { " + Reads
        + " public Task LoadAsync() => null; }",
        "blocks  M:I.Load  kind=file  twin=M:I.LoadAsync  certainty=possible  via=File.ReadAllText")]
    [InlineData("public interface I { void Load(); } public class F : I { void I.Load() => File.ReadAllText(\"a\"); "
        + "public void Load() { } }", Says)]
    [InlineData("public interface I { void Load(); } public class F : I { void I.Load() { } public void Load() => "
        + "File.ReadAllText(\"a\"); }", null)]
    [InlineData("public interface I { void Load(); } class F : I { " + Reads + " }", Says)]
    [InlineData("interface I { void Load(); } class F : I { " + Reads + " }", null)]
    [InlineData("public class I { public virtual void Load() => File.ReadAllText(\"a\"); } public class F : I { "
        + "public override void Load() { } }", Says)]
    [InlineData("public class I { public virtual void Load() => File.ReadAllText(\"a\"); } public class F : I { "
        + "public override void Load() => base.Load(); }", Sure)]
    [InlineData("public class I { public virtual void Load() => File.ReadAllText(\"a\"); }", Sure)]
    [InlineData("public interface I { void Load() => File.ReadAllText(\"a\"); } public class F : I { void I.Load() { } }", Says)]
    [InlineData("public interface I { void Load() => File.ReadAllText(\"a\"); } public class F : I { }", Sure)]
    public void A_contract_is_answered_for(string library, string? expected)
    {
        using var lab = new EffectLab();
        Assert.Equal(expected, lab.LinesOf(lab.Compile("Released", library))
            .SingleOrDefault(static line => line.Contains("M:I.Load", StringComparison.Ordinal)));
        Assert.Equal(expected, lab.LinesOf(lab.Compile("Debugged", library, optimised: false))
            .SingleOrDefault(static line => line.Contains("M:I.Load", StringComparison.Ordinal)));
    }
}
