using Quintet.Analyzers.Effects;

namespace Quintet.Tests.Effects;

/// <summary>What a target tells beside the member that it names; names of assemblies have spaces and words of their own.</summary>
public sealed class BodyKeyTests
{
    [Theory]
    [InlineData("My App|M:Job.Do", "My App|M:Job.Do", null, null)]
    [InlineData("virtual My App|M:Job.Do", "My App|M:Job.Do", null, null)]
    [InlineData("virtual Sold as seen|M:Job`1.Do as global::Job<int>", "Sold as seen|M:Job`1.Do", "global::Job<int>", null)]
    [InlineData("virtual Far below it|M:Job.Do", "Far below it|M:Job.Do", null, null)]
    [InlineData("virtual System.Runtime|M:System.IDisposable.Dispose below My App|T:IUnit", "System.Runtime|M:System.IDisposable.Dispose",
        null, "My App|T:IUnit")]
    public void A_target_is_taken_apart_behind_its_assembly(string target, string named, string? construction, string? contract)
    {
        Assert.Equal(named, BodyKey.NamedBy(target));
        Assert.Equal(construction, BodyKey.ConstructionOf(target));
        Assert.Equal(contract, BodyKey.ContractOf(target));
    }
}
