namespace Quintet.BuildTasks.Reading;

/// <summary>What stands in the body of a method.</summary>
/// <param name="Calls">Whom it calls, in order.</param>
/// <param name="DelegateUses">What becomes of the delegates among its parameters.</param>
internal sealed record BodyFacts(IReadOnlyList<CallFact> Calls, IReadOnlyList<DelegateUse> DelegateUses)
{
    public static readonly BodyFacts Nothing = new([], []);
}
